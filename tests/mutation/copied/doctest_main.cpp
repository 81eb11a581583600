// <program> <number>...: runs these test cases (counted from 1), one after the other, until one
// fails. With SHOP_MUTANT_REACHED=<folder> and no numbers: each test case in a process of its own,
// and what it reached into <folder>/<number>, its time and name into standard output. Without both:
// all, as ever.

#define DOCTEST_CONFIG_IMPLEMENT
#include <chrono>
#include <string>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

std::string ran;  // the last test case

struct Names : doctest::IReporter {
  explicit Names(const doctest::ContextOptions&) {}
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_start(const doctest::TestCaseData& test) override { ran = test.m_name; }
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};
REGISTER_LISTENER("names", 1, Names);

bool passes(int number) {
  doctest::Context context;
  context.setOption("first", number);
  context.setOption("last", number);
  context.setOption("abort-after", 1);
  context.setOption("out", "/dev/null");
  return context.run() == 0;
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Result: whether there is a test case of that number.
bool record(int number, const std::string& folder) {
  std::fflush(stdout);
  const auto child = fork();
  if (child == 0) {
    const auto start = now();
    const bool passed = passes(number);
    if (ran.empty()) _exit(3);
    shop_mutant::write_reached((folder + "/" + std::to_string(number)).c_str());
    std::printf("test\t%d\t%.4f\t%s\t%s\n", number, now() - start, passed ? "ok" : "failed",
                ran.c_str());
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == 3);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 1) {
    const char* folder = std::getenv("SHOP_MUTANT_REACHED");
    if (folder == nullptr) return doctest::Context(argc, argv).run();
    for (int number = 1; record(number, folder); ++number) {
    }
    _exit(0);
  }
  for (int i = 1; i < argc; ++i) {
    if (!passes(std::atoi(argv[i]))) _exit(1);
  }
  _exit(0);
}
