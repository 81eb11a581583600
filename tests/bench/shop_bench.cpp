// shop_bench [--quick] [--json FILE] [--filter TEXT] [--sizes N,N…] [--suite NAME] [--keep FOLDER]
//
// Measures libshop against hand-written prepared statements on the sqlite3 C API that give the
// same result over the same schema and durability, in the same run, in alternation.

#include "bench/bench.hpp"
#include "bench/counted_calls.hpp"
#include "bench/floors.hpp"
#include "bench/order_pages.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

#include <stdlib.h>
#include <sys/utsname.h>

namespace {

using shop::bench::Options;

std::string processor() {
  std::ifstream in{"/proc/cpuinfo"};
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

std::vector<std::int64_t> parse_sizes(const char* text) {
  std::vector<std::int64_t> sizes;
  std::istringstream in{text};
  for (std::string part; std::getline(in, part, ',');) sizes.push_back(std::stoll(part));
  return sizes;
}

int usage() {
  std::fprintf(stderr,
               "shop_bench [--quick] [--json FILE] [--filter TEXT] [--sizes N,N] [--suite NAME] "
               "[--rounds N] [--round-ms N] [--keep FOLDER] [--calls TURNS] "
               "[--order-pages PRODUCTS] [--sync FULL|NORMAL] [--threads N]\n");
  return 2;
}

/// Where the files of a run are, as long as it takes.
struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "shop_bench-XXXXXX").string();

  Folder() {
    if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

void run(const Options& options, const std::string& suite) {
  std::printf("%s, %u threads\n\n", processor().c_str(), std::thread::hardware_concurrency());
  shop::bench::Report report{options};
  for (const auto* entry : shop::bench::Suite::all()) {
    if (suite.empty() || suite == entry->name()) entry->run(report);
  }
  shop::bench::print_floors(report.rows());
  report.write_json();
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  std::string suite;
  int counted_turns = 0;
  std::int64_t pages_of = 0;
  for (int i = 1; i < argc; ++i) {
    const bool more = i + 1 < argc;
    if (std::strcmp(argv[i], "--quick") == 0) {
      options.quick = true;
    } else if (more && std::strcmp(argv[i], "--json") == 0) {
      options.json = argv[++i];
    } else if (more && std::strcmp(argv[i], "--filter") == 0) {
      options.filter = argv[++i];
    } else if (more && std::strcmp(argv[i], "--suite") == 0) {
      suite = argv[++i];
    } else if (more && std::strcmp(argv[i], "--calls") == 0) {
      counted_turns = std::stoi(argv[++i]);
    } else if (more && std::strcmp(argv[i], "--order-pages") == 0) {
      pages_of = std::stoll(argv[++i]);
    } else if (more && std::strcmp(argv[i], "--sizes") == 0) {
      options.sizes = parse_sizes(argv[++i]);
    } else if (more && std::strcmp(argv[i], "--keep") == 0) {
      options.keep = argv[++i];
    } else if (more && std::strcmp(argv[i], "--sync") == 0) {
      options.sync = argv[++i];
    } else if (more && std::strcmp(argv[i], "--threads") == 0) {
      options.threads = std::stoi(argv[++i]);
    } else if (more && std::strcmp(argv[i], "--rounds") == 0) {
      options.rounds = std::stoi(argv[++i]);
    } else if (more && std::strcmp(argv[i], "--round-ms") == 0) {
      options.round_ms = std::stoll(argv[++i]);
    } else {
      return usage();
    }
  }
  if (options.sizes.empty()) {
    options.sizes = {1'000, 100'000};
    if (!options.quick) options.sizes.push_back(1'000'000);
  }
  if (options.quick) {
    options.rounds = std::min(options.rounds, 7);
    options.round_ms = std::min<std::int64_t>(options.round_ms, 25);
    options.most_ms = 2500;
  }
  try {
    const Folder folder;
    options.folder = folder.path;
    if (counted_turns > 0 || pages_of > 0) {
      if (pages_of > 0) shop::bench::count_order_pages(options.folder, pages_of);
      if (counted_turns > 0) {
        shop::bench::run_counted_calls(options.folder, options.filter, counted_turns);
      }
      return 0;
    }
    run(options, suite);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "shop_bench: %s\n", error.what());
    return 1;
  }
}
