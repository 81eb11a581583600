#pragma once

#include "core/function_ref.hpp"
#include "db/commit_lock.hpp"
#include "db/env.hpp"
#include "db/shop_file.hpp"
#include "db/sqlite_driver.hpp"
#include "db/tx.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace shop::db {

struct DatabaseOptions {
  SqliteOptions sqlite;
  int max_readers = 16;
  /// Frames in the log after which it is moved into the file, in the background.
  int checkpoint_frames = 4000;
};

/// Counters of a running database, for statistics. A snapshot, not exact under load.
struct DatabaseStats {
  std::int64_t reads = 0;
  std::int64_t writes = 0;
  std::int64_t commits = 0;  ///< fewer than writes when callers shared a commit
  std::int64_t checkpoints = 0;
  std::int64_t busy_retries = 0;
};

/// The one way to a shop's file: a writer shared by group commit, a pool of readers on snapshots.
///
/// When several threads write at once, the first becomes the leader: it runs everybody's function
/// as savepoints of one transaction, syncs once and answers all. A lone thread pays nothing for
/// it. Functions therefore run on any thread, may run twice, and touch nothing but the store.
/// A function must not call read() or write() itself (Error{reentrant}).
class Database {
 public:
  Database(const DatabaseOptions& options, Env env);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs `fn(Tx&)` on a snapshot and returns its result. The fastest way for a single statement
  /// is peek(), which leaves the transaction away: then each statement has a snapshot of its own.
  template <class F>
  auto read(F&& fn) {
    return run<std::invoke_result_t<F, Tx&>>(fn, [this](Work work) { run_read(work, true); });
  }
  template <class F>
  auto peek(F&& fn) {
    return run<std::invoke_result_t<F, Tx&>>(fn, [this](Work work) { run_read(work, false); });
  }
  /// Runs `fn(Tx&)` in a writing transaction, commits, and returns its result. When `fn` throws,
  /// nothing of it was written.
  template <class F>
  auto write(F&& fn) {
    return run<std::invoke_result_t<F, Tx&>>(fn, [this](Work work) { run_write(work); });
  }

  [[nodiscard]] const Env& env() const { return env_; }
  [[nodiscard]] Env& mutable_env() { return env_; }  ///< while opening only
  [[nodiscard]] bool read_only() const { return options_.sqlite.read_only; }
  [[nodiscard]] bool in_memory() const { return options_.sqlite.path.empty(); }
  [[nodiscard]] const std::string& path() const { return options_.sqlite.path; }
  [[nodiscard]] DatabaseStats stats() const;

  /// Runs `fn(SqliteConnection&)` on a reading connection, outside a transaction, while others go
  /// on writing: for backups, images, checks of the file.
  template <class F>
  auto inspect(F&& fn) {
    using R = std::invoke_result_t<F, SqliteConnection&>;
    return run<R>([&](Tx& tx) { return fn(static_cast<SqliteConnection&>(tx.connection())); },
                  [this](Work work) { run_read(work, false); });
  }
  /// Runs `fn(SqliteConnection&)` on the writer's connection, outside a transaction, while nobody
  /// else writes: for migrations, checkpoints, loading an image.
  template <class F>
  auto exclusive(F&& fn) {
    using R = std::invoke_result_t<F, SqliteConnection&>;
    return run<R>([&](Tx&) { return fn(*writer_); }, [this](Work work) { run_exclusive(work); });
  }
  void checkpoint();

  /// Waits for the calls that are running, then closes; later calls get Error{closed}. Idempotent.
  void close();

 private:
  using Work = core::FunctionRef<void(Tx&)>;

  /// A caller's function on its way through the writer.
  struct Job {
    Work work;
    bool exclusive = false;
    std::exception_ptr error;
    std::vector<std::function<void()>> after_commit;
    std::atomic<int> state{0};  // waiting, leads now, done
    Job* next = nullptr;
  };

  template <class R, class F, class Runner>
  auto run(F&& fn, Runner runner) {
    if constexpr (std::is_void_v<R>) {
      auto work = [&](Tx& tx) { fn(tx); };
      runner(Work{work});
    } else {
      std::optional<R> result;
      auto work = [&](Tx& tx) { result.emplace(fn(tx)); };
      runner(Work{work});
      return std::move(*result);
    }
  }

  /// Jobs that share a commit. Needs no memory: a queue that could not be emptied for want of it
  /// would leave every caller waiting.
  class Batch {
   public:
    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] bool full() const { return count_ == jobs_.size(); }
    [[nodiscard]] std::size_t size() const { return count_; }
    [[nodiscard]] Job* front() const { return jobs_[0]; }
    [[nodiscard]] Job** begin() { return jobs_.data(); }
    [[nodiscard]] Job** end() { return jobs_.data() + count_; }
    void add(Job* job) { jobs_[count_++] = job; }
    void erase(Job** at) {
      std::copy(at + 1, end(), at);
      --count_;
    }

   private:
    std::array<Job*, 128> jobs_{};
    std::size_t count_ = 0;
  };

  void run_read(Work work, bool snapshot);
  void run_write(Work work);
  void run_exclusive(Work work);
  void submit(Job& job);
  void lead();
  Batch take_batch();
  void hand_over(Batch& done);
  void run_batch(Batch batch);
  bool try_batch(Batch& batch);
  bool run_job(Job& job, Tx& tx, bool savepoint);
  void begin_write();
  void commit(const Batch& batch);
  void save_ids(Tx& tx);
  void keep_ids();  // after the commit
  void wake_checkpointer() noexcept;
  void checkpoint_loop();

  std::unique_ptr<SqliteConnection> take_reader();
  void give_reader(std::unique_ptr<SqliteConnection> reader);
  void enter();  // counts a call in, or throws closed / reentrant / forked
  void leave() noexcept;

  DatabaseOptions options_;
  Env env_;
  OpenFile open_file_;
  CommitLock commit_lock_;
  std::unique_ptr<SqliteConnection> writer_;
  IdSource ids_;
  // Why nothing is written any more: a commit failed in a way that leaves its outcome open, or
  // another shop was loaded.
  enum class Refusal { none, uncertain, replaced };
  Refusal refusal_ = Refusal::none;

  std::mutex queue_mutex_;
  Job* queue_first_ = nullptr;
  Job* queue_last_ = nullptr;
  bool led_ = false;

  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<SqliteConnection>> readers_;
  int readers_open_ = 0;

  std::atomic<std::int64_t> running_{0};
  std::atomic<bool> closed_{false};
  std::mutex close_mutex_;
  unsigned fork_generation_;

  std::mutex checkpoint_mutex_;
  std::condition_variable checkpoint_wanted_;
  bool checkpoint_due_ = false;
  bool checkpoint_stop_ = false;
  std::thread checkpointer_;

  std::atomic<std::int64_t> reads_{0};
  std::atomic<std::int64_t> writes_{0};
  std::atomic<std::int64_t> commits_{0};
  std::atomic<std::int64_t> checkpoints_{0};
  std::atomic<std::int64_t> busy_retries_{0};
};

}  // namespace shop::db
