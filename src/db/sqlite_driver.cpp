#include "db/sqlite_driver.hpp"

#include "db/log_vfs.hpp"
#include "db/private_file.hpp"
#include "db/sqlite_error.hpp"

#include <array>
#include <atomic>
#include <cstring>
#include <string_view>
#include <unordered_map>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

namespace shop::db {
namespace {

constexpr int k_max_parameters = 64;

// SQLiteCpp owns the connections here. Its Statement is left aside: it hands out each column
// behind a shared pointer, which costs a tenth of a page read (docs/performance.md), and it keeps
// its sqlite3_stmt private.
class SqliteStatement final : public Statement {
 public:
  // Delegates, so that what was prepared is given back when a check below refuses it.
  SqliteStatement(sqlite3* db, std::string_view text, bool keep) : SqliteStatement(db) {
    const char* tail = nullptr;
    const unsigned flags = keep ? SQLITE_PREPARE_PERSISTENT : 0;
    const int result = sqlite3_prepare_v3(db, text.data(), static_cast<int>(text.size()), flags,
                                          &statement_, &tail);
    if (result != SQLITE_OK) {
      throw_sqlite_error(db, result, std::string{"prepare “" + std::string{text} + "”"}.c_str());
    }
    // $1 is a name to SQLite: its place is where it first appears, not its number.
    const int count = sqlite3_bind_parameter_count(statement_);
    if (count >= k_max_parameters)
      throw Error(Code::internal, "a statement has too many parameters");
    for (int place = 1; place <= count; ++place) {
      const char* name = sqlite3_bind_parameter_name(statement_, place);
      const int number = name != nullptr ? std::atoi(name + 1) : 0;
      if (number < 1 || number >= k_max_parameters) {
        throw Error(Code::internal, fmt::format("a parameter is not $1 … $63 in “{}”", text));
      }
      places_[static_cast<std::size_t>(number)] = static_cast<unsigned char>(place);
    }
  }
  ~SqliteStatement() override { sqlite3_finalize(statement_); }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  void bind(int parameter, std::int64_t value) override {
    check(sqlite3_bind_int64(statement_, place(parameter), value));
  }
  void bind(int parameter, double value) override {
    check(sqlite3_bind_double(statement_, place(parameter), value));
  }
  void bind_text(int parameter, std::string_view value, bool copy) override {
    const char* data = value.data() != nullptr ? value.data() : "";
    check(sqlite3_bind_text64(statement_, place(parameter), data, value.size(), lifetime(copy),
                              SQLITE_UTF8));
  }
  void bind_blob(int parameter, std::span<const std::byte> value, bool copy) override {
    const void* data = value.data() != nullptr ? static_cast<const void*>(value.data()) : "";
    check(sqlite3_bind_blob64(statement_, place(parameter), data, value.size(), lifetime(copy)));
  }
  void bind_null(int parameter) override { check(sqlite3_bind_null(statement_, place(parameter))); }

  bool step() override {
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    fail(result);
  }
  [[nodiscard]] sqlite3_stmt* handle() const { return statement_; }
  void reset() noexcept override {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  [[nodiscard]] std::int64_t changes() const override { return sqlite3_changes64(db_); }

  [[nodiscard]] bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  [[nodiscard]] std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] double real(int column) const override {
    return sqlite3_column_double(statement_, column);
  }
  [[nodiscard]] std::string_view text(int column) const override {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  [[nodiscard]] std::span<const std::byte> blob(int column) const override {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  explicit SqliteStatement(sqlite3* db) : db_(db) {}

  [[nodiscard]] int place(int parameter) const {
    return places_[static_cast<std::size_t>(parameter)];
  }
  static sqlite3_destructor_type lifetime(bool copy) {
    return copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
  }
  void check(int result) {
    if (result != SQLITE_OK) fail(result);
  }
  [[noreturn]] void fail(int result) { throw_sqlite_error(db_, result, sqlite3_sql(statement_)); }

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  std::array<unsigned char, k_max_parameters> places_{};
};

class SystemSqliteConnection final : public SqliteConnection {
 public:
  SystemSqliteConnection(const SqliteOptions& options, Kind kind)
      : database_(open_database(options, kind)),
        db_(database_->getHandle()),
        in_memory_(options.path.empty()),
        writable_path_(options.read_only ? std::string{} : options.path),
        rollback_(std::make_unique<SqliteStatement>(db_, "ROLLBACK", true)) {
    sqlite3_extended_result_codes(db_, 1);
    configure(options, kind);
    // Writers queue at the commit lock; SQLite's own waiting starves them.
    if (kind == Kind::writer) sqlite3_busy_timeout(db_, 0);
  }

  Statement& cached(const Sql& sql) override {
    if (sql.slot() >= named_.size()) named_.resize(sql.slot() + 1);
    auto& statement = named_[sql.slot()];
    if (!statement) statement = std::make_unique<SqliteStatement>(db_, sql.text(), true);
    return *statement;
  }
  Statement& cached(std::string_view text) override {
    constexpr std::size_t k_most = 512;
    if (const auto found = by_text_.find(text); found != by_text_.end()) return *found->second;
    if (by_text_.size() >= k_most) {
      std::erase_if(by_text_, [](const auto& entry) { return !entry.second->in_use; });
    }
    auto statement = std::make_unique<SqliteStatement>(db_, text, true);
    return *by_text_.emplace(std::string{text}, std::move(statement)).first->second;
  }
  std::unique_ptr<Statement> prepare(std::string_view text) override {
    return std::make_unique<SqliteStatement>(db_, text, false);
  }
  void script(const char* text) override {
    const int result = sqlite3_exec(db_, text, nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) throw_sqlite_error(db_, result, fmt::format("“{:.60}”", text).c_str());
    prepare_rollback();  // a change of the schema outdates it
  }

  void begin_read() override {
    rollback();
    run(begin_read_, "BEGIN");
  }
  void begin_write() override {
    rollback();  // should the last one have failed
    run(begin_write_, "BEGIN IMMEDIATE");
  }
  void commit() override {
    const LogGathering gathering;
    run(commit_, "COMMIT");
  }
  // Prepared in advance: it must work when there is no memory left to prepare it.
  void rollback() noexcept override {
    for (int attempt = 0; attempt < 2 && in_transaction(); ++attempt) {
      sqlite3_step(rollback_->handle());
      rollback_->reset();
    }
  }
  void savepoint() override { run(savepoint_, "SAVEPOINT one"); }
  void release_savepoint() override { run(release_, "RELEASE one"); }
  void rollback_to_savepoint() override { run(rollback_to_, "ROLLBACK TO one"); }
  [[nodiscard]] bool in_transaction() const override { return sqlite3_get_autocommit(db_) == 0; }

  void backup_to(const std::string& path) override;
  [[nodiscard]] std::optional<int> copy_nameless() override;
  [[nodiscard]] std::vector<std::byte> serialize() override;
  void deserialize(std::span<const std::byte> image) override;

  [[nodiscard]] int wal_frames() const override { return wal_frames_; }
  void checkpoint() override {
    int left = 0;
    const int result =
        sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &left, nullptr);
    if (result != SQLITE_OK && result != SQLITE_BUSY) throw_sqlite_error(db_, result, "checkpoint");
    wal_frames_ = 0;
  }
  void checkpoint_on_close(bool allowed) override {
    sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, allowed ? 0 : 1, nullptr);
  }
  [[nodiscard]] sqlite3* handle() const override { return db_; }

 private:
  static std::unique_ptr<SQLite::Database> open_database(const SqliteOptions& options, Kind kind) {
    int flags = SQLite::OPEN_READWRITE;
    if (options.read_only || kind == Kind::reader) flags = SQLite::OPEN_READONLY;
    if (options.path.empty()) flags = SQLite::OPEN_READWRITE | SQLite::OPEN_MEMORY;
    if (options.create && kind == Kind::writer) flags |= SQLite::OPEN_CREATE;
    flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;  // one thread at a time uses it
    const bool in_memory = options.path.empty();
    const auto vfs = in_memory ? options.vfs : log_gathering_vfs(options.vfs);
    try {
      return std::make_unique<SQLite::Database>(in_memory ? ":memory:" : options.path, flags, 0,
                                                vfs);
    } catch (const SQLite::Exception& error) {
      throw_sqlite_error(nullptr, error.getErrorCode(), "open");
    }
  }

  void configure(const SqliteOptions& options, Kind kind);
  void prepare_rollback() { rollback_ = std::make_unique<SqliteStatement>(db_, "ROLLBACK", true); }
  using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
  Handle open_copy(const std::string& path);
  void copy_into(sqlite3* target);
  void pragma(const char* name, const char* value, const char* expected);
  void run(std::unique_ptr<SqliteStatement>& slot, const char* text) {
    if (!slot) slot = std::make_unique<SqliteStatement>(db_, text, true);
    struct Reset {
      SqliteStatement& statement;
      ~Reset() { statement.reset(); }
    } const reset{*slot};
    slot->step();
  }

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  std::unique_ptr<SQLite::Database> database_;
  sqlite3* db_;
  bool in_memory_;
  std::string writable_path_;  // empty for a shop that has no folder to write to
  int wal_frames_ = 0;
  // The statements come after the database, so that they are finalized before it closes.
  std::unique_ptr<SqliteStatement> rollback_;
  std::vector<std::unique_ptr<SqliteStatement>> named_;
  std::unordered_map<std::string, std::unique_ptr<SqliteStatement>, TextHash, std::equal_to<>>
      by_text_;
  std::unique_ptr<SqliteStatement> begin_read_, begin_write_, commit_, savepoint_, release_,
      rollback_to_;
};

void SystemSqliteConnection::pragma(const char* name, const char* value, const char* expected) {
  script(fmt::format("PRAGMA {} = {}", name, value).c_str());
  const auto statement = prepare(fmt::format("PRAGMA {}", name));
  if (!statement->step() || statement->text(0) != expected) {
    throw Error(Code::cannot_open, fmt::format("SQLite did not take {} = {}: it says “{}”", name,
                                               value, std::string{statement->text(0)}));
  }
}

void SystemSqliteConnection::configure(const SqliteOptions& options, Kind kind) {
  // While another process reads its log after a crash, or opens the same file first, there is no
  // lock of ours to queue at.
  sqlite3_busy_timeout(db_, options.busy_timeout_ms);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  pragma("trusted_schema", "OFF", "0");
  pragma("foreign_keys", "ON", "1");
  // KiB: as much as the inner nodes of the lists of a million products take.
  pragma("cache_size", "-16384", "-16384");
  if (options.path.empty()) {
    pragma("temp_store", "MEMORY", "2");
    return;
  }
  pragma("mmap_size", "0", "0");
  if (kind == Kind::reader || options.read_only) {
    checkpoint_on_close(false);
    return;
  }
  pragma("journal_mode", "WAL", "wal");
  if (options.durability == Durability::full) {
    pragma("synchronous", "FULL", "2");
  } else {
    pragma("synchronous", "NORMAL", "1");
  }
  // The indexes that an import makes at its end are sorted beside the thread that reads their rows.
  sqlite3_limit(db_, SQLITE_LIMIT_WORKER_THREADS, 1);
  // A log that one large transaction made long gets short again when it begins anew.
  pragma("journal_size_limit", "67108864", "67108864");
  sqlite3_wal_hook(
      db_,
      [](void* self, sqlite3*, const char*, int frames) {
        static_cast<SystemSqliteConnection*>(self)->wal_frames_ = frames;
        return SQLITE_OK;
      },
      this);
}

void SystemSqliteConnection::backup_to(const std::string& path) {
  DraftFile draft{path};
  copy_into(open_copy(draft.path()).get());
  draft.publish(false);
}

// Without a name from the moment SQLite has it open, so that no crash leaves it lying about; and
// without a journal, which would need the name.
std::optional<int> SystemSqliteConnection::copy_nameless() {
  if (writable_path_.empty()) return std::nullopt;
  static std::atomic<unsigned> count{0};
  const auto path = fmt::format("{}-copy-{}-{}", writable_path_, ::getpid(), count.fetch_add(1));
  create_private_file(path);
  std::optional<Descriptor> copy;
  Handle target{nullptr, &sqlite3_close};
  {
    struct Unlink {
      const std::string& path;
      ~Unlink() { ::unlink(path.c_str()); }
    } const unlink_at_once{path};
    copy.emplace(open_descriptor(path, O_RDONLY));
    target = open_copy(path);
  }
  sqlite3_exec(target.get(), "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", nullptr,
               nullptr, nullptr);
  copy_into(target.get());
  return copy->release();
}

SystemSqliteConnection::Handle SystemSqliteConnection::open_copy(const std::string& path) {
  sqlite3* raw = nullptr;
  sqlite3_vfs* vfs = nullptr;
  sqlite3_file_control(db_, "main", SQLITE_FCNTL_VFS_POINTER, static_cast<void*>(&vfs));
  // A shop in memory has a file system of its own, which has no files.
  const char* disk = in_memory_ || vfs == nullptr ? nullptr : vfs->zName;
  const int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE, disk);
  Handle target{raw, &sqlite3_close};
  if (opened != SQLITE_OK) throw_sqlite_error(raw, opened, "open the backup");
  return target;
}

void SystemSqliteConnection::copy_into(sqlite3* target) {
  auto* backup = sqlite3_backup_init(target, "main", db_, "main");
  if (backup == nullptr) throw_sqlite_error(target, sqlite3_errcode(target), "start the backup");
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE) throw_sqlite_error(target, stepped, "copy the shop");
  if (finished != SQLITE_OK) throw_sqlite_error(target, finished, "finish the backup");
}

std::vector<std::byte> SystemSqliteConnection::serialize() {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> image{
      sqlite3_serialize(db_, "main", &size, 0), &sqlite3_free};
  if (!image) throw std::bad_alloc{};
  const auto* begin = reinterpret_cast<const std::byte*>(image.get());
  return {begin, begin + size};
}

void SystemSqliteConnection::deserialize(std::span<const std::byte> image) {
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
  if (copy == nullptr) throw std::bad_alloc{};
  std::memcpy(copy, image.data(), image.size());
  // A database in WAL mode cannot live in memory: its header says "rollback journal" instead.
  if (image.size() > 20) copy[18] = copy[19] = 1;
  const int result =
      sqlite3_deserialize(db_, "main", copy, static_cast<sqlite3_int64>(image.size()),
                          static_cast<sqlite3_int64>(image.size()),
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (result != SQLITE_OK) throw_sqlite_error(db_, result, "load the shop");
}

}  // namespace

std::unique_ptr<SqliteConnection> SqliteConnection::open(const SqliteOptions& options, Kind kind) {
  return std::make_unique<SystemSqliteConnection>(options, kind);
}

}  // namespace shop::db
