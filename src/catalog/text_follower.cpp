#include "catalog/text_follower.hpp"

#include "core/thread_start.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace shop::catalog {
namespace {

constexpr std::size_t k_changes_together = 256;
constexpr std::size_t k_bytes_together = 512 * 1024;
constexpr std::size_t k_waiting_most = 8;

MakeTextFollower g_make = nullptr;

/// Hands what is added to a thread, some hundred at a time, less if they are long. Without a thread
/// (the system has none left) it is done at once.
class BackgroundFollower final : public TextFollower {
 public:
  explicit BackgroundFollower(std::unique_ptr<TextFollower> inner) : inner_(std::move(inner)) {
    try {
      thread_ = std::thread{[this] { run(); }};
    } catch (const std::system_error&) {  // then add() does it
    }
  }
  ~BackgroundFollower() override {
    if (!thread_.joinable()) return;
    {
      const std::lock_guard lock{mutex_};
      stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  BackgroundFollower(const BackgroundFollower&) = delete;
  BackgroundFollower& operator=(const BackgroundFollower&) = delete;

  void add(TextChange change) override {
    if (!thread_.joinable()) return inner_->add(std::move(change));
    next_bytes_ += change.before.bytes() + change.after.bytes();
    next_.push_back(std::move(change));
    if (next_.size() >= k_changes_together || next_bytes_ >= k_bytes_together) hand_over();
  }

  void write(db::Tx& tx) override {
    if (thread_.joinable()) {
      hand_over();
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return waiting_.empty() && !busy_; });
      if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    }
    inner_->write(tx);
  }

 private:
  using Changes = std::vector<TextChange>;

  void hand_over() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return waiting_.size() < k_waiting_most; });
    waiting_.push_back(std::exchange(next_, {}));
    next_bytes_ = 0;
    changed_.notify_all();
  }

  void run() noexcept {
    core::ready_for_exceptions();
    std::unique_lock lock{mutex_};
    for (;;) {
      changed_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
      if (stop_) return;
      auto changes = std::move(waiting_.front());
      waiting_.pop_front();
      busy_ = true;
      lock.unlock();
      std::exception_ptr error;
      try {
        for (auto& change : changes) inner_->add(std::move(change));
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      if (error) error_ = error;
      busy_ = false;
      changed_.notify_all();
    }
  }

  std::unique_ptr<TextFollower> inner_;
  Changes next_;
  std::size_t next_bytes_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Changes> waiting_;
  bool busy_ = false;
  bool stop_ = false;
  std::exception_ptr error_;
  std::thread thread_;
};

}  // namespace

std::size_t ProductText::bytes() const {
  auto out = title.size() + description.size() + brand.size();
  for (const auto& tag : tags) out += tag.size();
  for (const auto& other : translations) out += other.size();
  return out;
}

void follow_texts(MakeTextFollower make) noexcept {
  g_make = make;
}

std::unique_ptr<TextFollower> make_text_follower() {
  return g_make != nullptr ? g_make() : nullptr;
}

std::unique_ptr<TextFollower> make_background_text_follower() {
  auto inner = make_text_follower();
  if (!inner) return nullptr;
  return std::make_unique<BackgroundFollower>(std::move(inner));
}

}  // namespace shop::catalog
