// Feeds a fuzz target without libFuzzer: its committed corpus, then mutations of it by chance, for
// --seconds N. The seed is SHOP_SEED. --row prints a row of a Markdown table.

#include "support/run_seed.hpp"

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

#ifdef SHOP_FUZZ_CALLS
extern std::int64_t g_fuzz_calls;
#endif

namespace {

using Input = std::vector<std::uint8_t>;

const Input* g_running = nullptr;

/// Whatever ends the program, the input that did it is told, as `xxd -r -p` reads it.
void tell_input(int signal) {
  std::fprintf(stderr, "input: ");
  for (const auto byte : *g_running) std::fprintf(stderr, "%02x", static_cast<unsigned>(byte));
  std::fprintf(stderr, "\n");
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const Input& input) {
  g_running = &input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

std::vector<Input> read_corpus() {
  std::vector<Input> corpus;
  for (const auto& entry : std::filesystem::directory_iterator{SHOP_FUZZ_CORPUS}) {
    std::ifstream in{entry.path(), std::ios::binary};
    corpus.emplace_back(std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{});
  }
  if (corpus.empty()) corpus.emplace_back();
  return corpus;
}

Input mutated(Input input, std::mt19937_64& chance) {
  for (auto changes = 1 + chance() % 8; changes > 0; --changes) {
    const auto at = input.empty() ? 0 : chance() % input.size();
    const auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
    const auto byte = static_cast<std::uint8_t>(chance());
    const auto what = input.empty() ? 0 : chance() % 4;
    if (what == 0) input.insert(place, byte);
    if (what == 1) *place = byte;
    if (what == 2) *place ^= static_cast<std::uint8_t>(1U << byte % 8);
    if (what == 3) input.erase(place);
  }
#ifdef SHOP_FUZZ_CALLS
  // An input that goes on and on gets deeper.
  if (chance() % 2 == 0 && input.size() < 65'536) {
    for (auto more = chance() % 8192; more > 0; --more) {
      input.push_back(static_cast<std::uint8_t>(chance()));
    }
  }
#endif
  return input;
}

/// What was done, as a campaign counts it.
std::string done(std::int64_t inputs) {
  auto text = std::to_string(inputs) + " inputs";
#ifdef SHOP_FUZZ_CALLS
  text = std::to_string(g_fuzz_calls) + " calls in " + text;
#endif
  return text;
}

}  // namespace

int main(int count, char** arguments) {
  double seconds = 2;
  bool row = false;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--row") == 0) row = true;
    if (std::strcmp(arguments[i], "--seconds") == 0 && i + 1 < count) {
      seconds = std::atof(arguments[i + 1]);
    }
  }
  const auto seed = static_cast<unsigned long long>(shop::test::run_seed());
  for (const int end : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS}) std::signal(end, tell_input);
  std::mt19937_64 chance{seed};
  auto corpus = read_corpus();
  for (const auto& input : corpus) run(input);
  const auto began = std::chrono::steady_clock::now();
  std::int64_t runs = 0;
  for (;; ++runs) {
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began;
    if (runs % 8 == 0 && gone.count() > seconds) break;
    const auto input = mutated(corpus[chance() % corpus.size()], chance);
    run(input);
    if (corpus.size() < 256 && chance() % 64 == 0) corpus.push_back(input);
  }
  const char* form = row ? "| fuzz %s | %llu | %.0f | %s | 0 |\n" : "%s: seed %llu, %.0f s, %s\n";
  std::printf(form, SHOP_FUZZ_NAME, seed, seconds, done(runs).c_str());
  return 0;
}
