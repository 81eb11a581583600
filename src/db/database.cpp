#include "db/database.hpp"

#include "core/thread_start.hpp"
#include "db/db_sql.hpp"
#include "shop/error.hpp"

#include <chrono>
#include <random>

#include <pthread.h>

namespace shop::db {
namespace {

// States of a Job.
constexpr int k_waiting = 0;
constexpr int k_leads = 1;
constexpr int k_done = 2;

thread_local const Database* t_inside = nullptr;

/// Marks the thread as running a function of this database, so that a nested call is refused
/// rather than deadlocked.
class Inside {
 public:
  explicit Inside(const Database* database) : before_(std::exchange(t_inside, database)) {}
  ~Inside() { t_inside = before_; }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  const Database* before_;
};

std::atomic<unsigned> g_fork_generation{0};

unsigned fork_generation() {
  static const int registered =
      pthread_atfork(nullptr, nullptr, [] { g_fork_generation.fetch_add(1); });
  (void)registered;
  return g_fork_generation.load(std::memory_order_relaxed);
}

}  // namespace

Database::Database(const DatabaseOptions& options, Env env)
    : options_(options), env_(std::move(env)), fork_generation_(fork_generation()) {
  if (!in_memory() && !read_only()) commit_lock_.open(path());
  readers_.reserve(static_cast<std::size_t>(options_.max_readers));  // giving back cannot fail
  writer_ = SqliteConnection::open(options_.sqlite, SqliteConnection::Kind::writer);
  if (!in_memory()) open_file_.note(path());
}

Database::~Database() {
  try {
    close();
  } catch (const std::exception&) {  // closing again would not help; the file is consistent
  }
}

void Database::enter() {
  if (t_inside == this) throw Error(Code::reentrant, "a transaction of this shop is running here");
  if (fork_generation() != fork_generation_) {
    throw Error(Code::forked, "open the shop after fork(), not before");
  }
  running_.fetch_add(1);
  if (closed_.load()) {
    leave();
    throw Error(Code::closed, "the shop was closed");
  }
}

void Database::leave() noexcept {
  if (running_.fetch_sub(1) == 1 && closed_.load()) running_.notify_all();
}

// ---- Reading ----------------------------------------------------------------------------------

std::unique_ptr<SqliteConnection> Database::take_reader() {
  std::unique_lock lock{readers_mutex_};
  reader_free_.wait(lock,
                    [&] { return !readers_.empty() || readers_open_ < options_.max_readers; });
  if (!readers_.empty()) {
    auto reader = std::move(readers_.back());
    readers_.pop_back();
    return reader;
  }
  ++readers_open_;
  lock.unlock();
  try {
    return SqliteConnection::open(options_.sqlite, SqliteConnection::Kind::reader);
  } catch (...) {
    lock.lock();
    --readers_open_;
    reader_free_.notify_one();
    throw;
  }
}

void Database::give_reader(std::unique_ptr<SqliteConnection> reader) {
  const std::lock_guard lock{readers_mutex_};
  readers_.push_back(std::move(reader));
  reader_free_.notify_one();
}

void Database::run_read(Work work, bool snapshot) {
  if (in_memory()) {  // there is one connection, and it is the writer's
    auto on_writer = [&](Tx&) {
      Tx tx{*writer_, env_, nullptr};
      work(tx);
    };
    run_exclusive(Work{on_writer});
    reads_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  enter();
  struct Lease {
    Database& database;
    std::unique_ptr<SqliteConnection> reader;
    ~Lease() {
      if (reader) {
        reader->rollback();
        database.give_reader(std::move(reader));
      }
      database.leave();
    }
  } lease{*this, nullptr};
  lease.reader = take_reader();
  const Inside inside{this};
  if (snapshot) lease.reader->begin_read();
  Tx tx{*lease.reader, env_, nullptr};
  work(tx);
  if (snapshot) lease.reader->commit();
  reads_.fetch_add(1, std::memory_order_relaxed);
}

// ---- Writing: leader and followers ------------------------------------------------------------

void Database::run_write(Work work) {
  if (read_only()) throw Error(Code::read_only, "the shop was opened for reading only");
  Job job{.work = work};
  submit(job);
  for (auto& then : job.after_commit) then();
}

void Database::run_exclusive(Work work) {
  Job job{.work = work, .exclusive = true};
  submit(job);
}

void Database::submit(Job& job) {
  enter();
  struct Leave {
    Database& database;
    ~Leave() { database.leave(); }
  } const leaving{*this};
  bool leads = false;
  {
    const std::lock_guard lock{queue_mutex_};
    if (queue_last_ != nullptr) {
      queue_last_->next = &job;
    } else {
      queue_first_ = &job;
    }
    queue_last_ = &job;
    leads = !led_;
    led_ = true;
  }
  if (!leads) {
    job.state.wait(k_waiting);
    leads = job.state.load() == k_leads;
  }
  if (leads) lead();
  if (job.error) std::rethrow_exception(job.error);
}

void Database::lead() {
  auto batch = take_batch();
  {
    const Inside inside{this};
    run_batch(batch);
  }
  hand_over(batch);
}

Database::Batch Database::take_batch() {
  const std::lock_guard lock{queue_mutex_};
  Batch batch;
  while (queue_first_ != nullptr && !batch.full()) {
    Job* job = queue_first_;
    if (job->exclusive && !batch.empty()) break;
    queue_first_ = job->next;
    batch.add(job);
    if (job->exclusive) break;
  }
  if (queue_first_ == nullptr) queue_last_ = nullptr;
  return batch;
}

void Database::hand_over(Batch& done) {
  Job* next = nullptr;
  {
    const std::lock_guard lock{queue_mutex_};
    next = queue_first_;
    led_ = next != nullptr;
  }
  // The next leader starts before this batch's callers are told: the disk does not wait for them.
  if (next != nullptr) {
    next->state.store(k_leads);
    next->state.notify_one();
  }
  for (Job* job : done) {  // the first is this thread's own; the others may be gone once told
    if (job == done.front()) continue;
    job->state.store(k_done);
    job->state.notify_one();
  }
}

void Database::run_batch(Batch batch) {
  if (batch.front()->exclusive) {
    Job& job = *batch.front();
    try {
      if (!in_memory()) commit_lock_.lock(options_.sqlite.busy_timeout_ms);
      Tx tx{*writer_, env_, nullptr};
      job.work(tx);
    } catch (...) {
      job.error = std::current_exception();
    }
    commit_lock_.unlock();
    return;
  }
  while (!batch.empty() && !try_batch(batch)) {
  }
  if (!in_memory() && writer_->wal_frames() >= options_.checkpoint_frames) wake_checkpointer();
}

// One attempt at a whole batch. False: the database gave the transaction up under one job, which
// now has its error and has left the batch; the others must run again.
bool Database::try_batch(Batch& batch) {
  const auto fail_all = [&] {
    for (Job* job : batch) {
      if (!job->error) job->error = std::current_exception();
    }
  };
  try {
    if (refusal_ == Refusal::uncertain) {
      throw Error(Code::uncertain, "the disk failed while committing; open the shop anew");
    }
    if (refusal_ == Refusal::replaced) {
      throw Error(Code::wrong_host_key,
                  "another shop was loaded, which has its own keys; open the shop anew");
    }
    commit_lock_.lock(options_.sqlite.busy_timeout_ms);
  } catch (...) {
    fail_all();
    return true;
  }
  struct Unlock {
    CommitLock& lock;
    ~Unlock() { lock.unlock(); }
  } const unlock{commit_lock_};
  try {
    begin_write();
    ids_.next.reset();
    ids_.replaced = false;
    const bool savepoints = batch.size() > 1;
    for (auto* at = batch.begin(); at != batch.end();) {
      (*at)->error = nullptr;
      Tx tx{*writer_, env_, &ids_};
      if (run_job(**at, tx, savepoints)) {
        (*at)->after_commit = tx.take_after_commit();
        ++at;
      } else if (writer_->in_transaction() && savepoints) {
        batch.erase(at);
      } else {
        batch.erase(at);
        writer_->rollback();
        return batch.empty();
      }
    }
    if (batch.empty()) {
      writer_->rollback();
      return true;
    }
    commit(batch);
  } catch (...) {
    fail_all();
    writer_->rollback();
  }
  return true;
}

// True: the job's writes stand. False: they were undone and the job has its error.
bool Database::run_job(Job& job, Tx& tx, bool savepoint) {
  try {
    if (savepoint) writer_->savepoint();
    job.work(tx);
    if (savepoint) writer_->release_savepoint();
    return true;
  } catch (...) {
    job.error = std::current_exception();
  }
  if (savepoint && writer_->in_transaction()) {
    try {
      writer_->rollback_to_savepoint();
      writer_->release_savepoint();
    } catch (...) {
      writer_->rollback();
    }
  }
  return false;
}

void Database::begin_write() {
  using Steady = std::chrono::steady_clock;
  const auto deadline = Steady::now() + std::chrono::milliseconds{options_.sqlite.busy_timeout_ms};
  thread_local std::minstd_rand jitter{std::random_device{}()};
  for (;;) {
    try {
      writer_->begin_write();
      return;
    } catch (const Error& error) {
      if (error.code() != Code::busy || Steady::now() >= deadline) throw;
    }
    busy_retries_.fetch_add(1, std::memory_order_relaxed);
    std::this_thread::sleep_for(std::chrono::microseconds{200 + jitter() % 1800});
  }
}

void Database::save_ids(Tx& tx) {
  constexpr Id k_block = 1'024;
  if (!ids_.next || *ids_.next <= ids_.next_end) return;
  ids_.next_end = *ids_.next + (ids_.follows ? k_block : 0);
  tx.exec(sql::k_id_save, 0, ids_.next_end);
}

void Database::keep_ids() {
  if (!ids_.next) return;
  ids_.kept = *ids_.next;
  ids_.kept_end = ids_.next_end;
  if (ids_.replaced) refusal_ = Refusal::replaced;
}

void Database::commit(const Batch& batch) {
  Tx tx{*writer_, env_, &ids_};
  save_ids(tx);
  try {
    writer_->commit();
  } catch (const Error& error) {
    // A full disk or a lock is known to have changed nothing. After an I/O error nobody knows
    // what the disk kept, and SQLite would carry on as if nothing had been.
    if (error.code() != Code::io) throw;
    refusal_ = Refusal::uncertain;
    throw Error(Code::uncertain, error.message());
  }
  keep_ids();
  commits_.fetch_add(1, std::memory_order_relaxed);
  writes_.fetch_add(static_cast<std::int64_t>(batch.size()), std::memory_order_relaxed);
}

// ---- Checkpoints ------------------------------------------------------------------------------

void Database::checkpoint() {
  if (in_memory() || read_only()) return;
  exclusive([this](SqliteConnection& writer) {
    writer.checkpoint();
    checkpoints_.fetch_add(1, std::memory_order_relaxed);
  });
}

// The change is committed by now: nothing that fails here may reach its caller.
void Database::wake_checkpointer() noexcept {
  try {
    const std::lock_guard lock{checkpoint_mutex_};
    if (checkpoint_due_ || checkpoint_stop_) return;
    if (!checkpointer_.joinable()) checkpointer_ = std::thread{[this] { checkpoint_loop(); }};
    checkpoint_due_ = true;
    checkpoint_wanted_.notify_one();
  } catch (const std::exception&) {  // no thread to be had: the next commit asks again
  }
}

void Database::checkpoint_loop() {
  core::ready_for_exceptions();
  std::unique_lock lock{checkpoint_mutex_};
  for (;;) {
    checkpoint_wanted_.wait(lock, [this] { return checkpoint_due_ || checkpoint_stop_; });
    if (checkpoint_stop_) return;
    lock.unlock();
    try {
      checkpoint();
    } catch (const std::exception&) {  // the log stays as it is and the next commit asks again
    }
    lock.lock();
    checkpoint_due_ = false;
  }
}

// ---- The end ----------------------------------------------------------------------------------

void Database::close() {
  const std::lock_guard closing{close_mutex_};
  if (!writer_) return;
  if (t_inside == this) throw Error(Code::reentrant, "a transaction of this shop is running here");
  const bool forked = fork_generation() != fork_generation_;
  closed_.store(true);
  if (forked) {  // the parent's locks and threads are not ours to touch: leak, harmlessly
    (void)writer_.release();
    for (auto& reader : readers_) (void)reader.release();
    if (checkpointer_.joinable()) checkpointer_.detach();
    return;
  }
  {
    const std::lock_guard lock{checkpoint_mutex_};
    checkpoint_stop_ = true;
    checkpoint_wanted_.notify_one();
  }
  if (checkpointer_.joinable()) checkpointer_.join();
  for (auto left = running_.load(); left != 0; left = running_.load()) running_.wait(left);
  readers_.clear();
  if (in_memory() || read_only()) {
    writer_.reset();
    open_file_.forget();
    return;
  }
  // The last connection to close moves the log into the file: a checkpoint, so under the lock.
  bool locked = false;
  try {
    commit_lock_.lock(options_.sqlite.busy_timeout_ms);
    locked = true;
  } catch (const Error&) {  // somebody else is busy: then they, who are still there, will do it
  }
  writer_->checkpoint_on_close(locked);
  writer_.reset();
  commit_lock_.close();
  open_file_.forget();
}

DatabaseStats Database::stats() const {
  return {reads_.load(), writes_.load(), commits_.load(), checkpoints_.load(),
          busy_retries_.load()};
}

}  // namespace shop::db
