#include "transfer/read_ahead.hpp"

#include "core/thread_start.hpp"

#include <system_error>
#include <utility>

namespace shop::transfer {
namespace {

constexpr std::size_t k_portion_steps = 256;
constexpr std::int64_t k_portion_bytes = 512 * 1024;
constexpr std::size_t k_portions_ready = 4;

}  // namespace

ReadAhead::ReadAhead(CsvReader& reader, const Columns& columns, const Currency& currency)
    : reader_(&reader),
      currency_(currency),
      rows_(reader, columns, currency, [this](const ImportProblem& problem) {
        if (problems_.size() < problems_max) problems_.push_back(problem);
      }) {
  try {
    thread_ = std::thread{[this] { run(); }};
  } catch (const std::system_error&) {  // then next() reads itself
  }
}

ReadAhead::~ReadAhead() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock{mutex_};
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

ReadAhead::Portion ReadAhead::read() {
  Portion out;
  const auto until = reader_->bytes_read() + k_portion_bytes;
  RowProduct product;
  std::size_t steps = 0;
  while (++steps <= k_portion_steps && reader_->bytes_read() < until && !at_end_) {
    const auto step = rows_.next(product);
    at_end_ = step == Step::end;
    if (step == Step::product) out.products.push_back(check(std::move(product), currency_));
  }
  out.problems = std::exchange(problems_, {});
  out.bytes_read = reader_->bytes_read();
  out.counts = rows_.counts();
  return out;
}

void ReadAhead::run() noexcept {
  core::ready_for_exceptions();
  try {
    while (!at_end_) {
      auto portion = read();
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return stop_ || ready_.size() < k_portions_ready; });
      if (stop_) return;
      ready_.push_back(std::move(portion));
      changed_.notify_all();
    }
  } catch (...) {
    const std::lock_guard lock{mutex_};
    error_ = std::current_exception();
  }
  const std::lock_guard lock{mutex_};
  done_ = true;
  changed_.notify_all();
}

bool ReadAhead::next(Portion& out) {
  if (!thread_.joinable()) {
    if (at_end_) return false;
    out = read();
    return true;
  }
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return done_ || !ready_.empty(); });
  if (ready_.empty()) {
    if (error_) std::rethrow_exception(error_);
    return false;
  }
  out = std::move(ready_.front());
  ready_.pop_front();
  changed_.notify_all();
  return true;
}

}  // namespace shop::transfer
