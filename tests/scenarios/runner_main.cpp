// scenario_runner <c|cpp> <shop.json> <scenario.json>...
// Runs declarative scenarios through the C API or the C++ facades. README.md has the format; run.py
// and run.js beside this file do the same through the packages.

#include "scenarios/runner.hpp"

#include <cstdio>
#include <exception>
#include <string>

int main(int argc, char** argv) {
  using namespace shop::scenarios;
  if (argc < 3) return 2;
  int failures = 0;
  for (int i = 3; i < argc; ++i) {
    try {
      Runner(std::string(argv[1]) == "cpp", read_file(argv[2])).run(read_file(argv[i]));
    } catch (const std::exception& error) {
      std::printf("%s: %s\n", argv[i], error.what());
      ++failures;
    }
  }
  std::printf("%d scenarios, %d failed\n", argc - 3, failures);
  return failures == 0 ? 0 : 1;
}
