#include "shop/engine.hpp"

#include "accounts/auth_clock.hpp"
#include "accounts/keys.hpp"
#include "accounts/tokens.hpp"
#include "cart/cart.hpp"
#include "core/crypto.hpp"
#include "core/fields.hpp"
#include "core/money.hpp"
#include "core/random.hpp"
#include "db/database.hpp"
#include "db/db_sql.hpp"
#include "db/migrations.hpp"
#include "db/private_file.hpp"
#include "db/sealed_backup.hpp"
#include "db/start_up.hpp"
#include "engine/modules.hpp"
#include "engine/verify.hpp"
#include "loyalty/loyalty.hpp"
#include "orders/orders.hpp"
#include "payments/payments.hpp"

#include <mutex>
#include <shared_mutex>
#include <utility>

#include <fmt/format.h>

namespace shop {

struct Engine::Impl {
  Impl(const db::DatabaseOptions& options, db::Env env)
      : db(options, std::move(env)), modules(db) {}

  db::Database db;
  Modules modules;
  std::optional<core::Key> host_key;
  std::shared_mutex rotating;  // the host key stays what it is while somebody reads it
  PasswordPreset password_preset = PasswordPreset::interactive;
  std::string bootstrap_code;
};

namespace {

constexpr std::string_view k_currency = "currency";
constexpr std::string_view k_utc_offset = "utc_offset_minutes";

void check_options(const OpenOptions& options) {
  core::Fields fields;
  fields.range("busy_timeout_ms", options.busy_timeout_ms, 0, 600'000);
  fields.range("utc_offset_minutes", options.utc_offset_minutes, -840, 840);
  fields.check(options.currency.empty() || core::currency_exponent(options.currency), "currency",
               "unknown_currency", "is not an ISO 4217 currency");
  fields.check(options.durability == Durability::full || options.durability == Durability::normal,
               "durability", "unknown", "is not a durability");
  fields.check(options.host_key.empty() || options.host_key.size() == 32, "host_key",
               "wrong_length", "has 32 bytes");
  fields.throw_if_any();
}

db::DatabaseOptions database_options(const std::string& path, const OpenOptions& options) {
  db::DatabaseOptions out;
  out.sqlite.path = path;
  out.sqlite.read_only = options.read_only;
  out.sqlite.durability = options.durability;
  out.sqlite.busy_timeout_ms = options.busy_timeout_ms;
  out.sqlite.vfs = options.vfs;
  return out;
}

db::Env environment(const OpenOptions& options) {
  db::Env env;
  env.clock = options.clock ? options.clock : core::system_clock();
  env.random = options.random ? options.random : core::system_random();
  return env;
}

std::string setting(db::Tx& tx, std::string_view name) {
  auto query = tx.query(db::sql::k_setting_get, name);
  return query.next() ? query.text(0) : std::string{};
}

void write_settings(db::Tx& tx, const OpenOptions& options) {
  if (!setting(tx, k_currency).empty()) return;  // another process made the shop meanwhile
  const Currency currency = options.currency.empty() ? Currency{"EUR"} : options.currency;
  tx.exec(db::sql::k_setting_put, k_currency, currency.view());
  tx.exec(db::sql::k_setting_put, k_utc_offset, std::to_string(options.utc_offset_minutes));
}

/// Result: whether the shop has settings.
bool read_settings(db::Database& db) {
  auto& env = db.mutable_env();
  return db::read_at_start(db, [&](db::Tx& tx) {
    const auto currency = setting(tx, k_currency);
    if (currency.empty()) return false;
    env.currency = Currency{currency};
    env.utc_offset_minutes = std::stoi(setting(tx, k_utc_offset));
    return true;
  });
}

void load_settings(db::Database& db, const OpenOptions& options) {
  if (!read_settings(db)) {
    db.write([&](db::Tx& tx) { write_settings(tx, options); });
    read_settings(db);
  }
  const auto& env = db.env();
  if (!options.currency.empty() && options.currency != env.currency) {
    throw Error(Code::validation, "currency: the shop has another currency",
                {{"currency",
                  "mismatch",
                  fmt::format("the shop keeps its books in {}", env.currency.view()),
                  {{"expected", std::string{env.currency.view()}}}}});
  }
}

void require_path(const char* name, const std::string& path) {
  core::Fields fields;
  fields.check(!path.empty(), name, "required", "is required");
  fields.throw_if_any();
}

/// Brings the schema up to date, then reads what the shop is.
template <class Impl>
void start(Impl& impl, const OpenOptions& options) {
  if (!options.host_key.empty()) impl.host_key.emplace(options.host_key);
  impl.password_preset = options.password_preset;
  db::migrate(impl.db);
  load_settings(impl.db, options);
  impl.bootstrap_code =
      accounts::open(impl.db, impl.host_key, options.password_preset).value_or("");
}

}  // namespace

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Engine Engine::open(const std::string& path, OpenOptions options) {
  check_options(options);
  require_path("path", path);
  const auto state = db::inspect_file(path, !options.read_only, db::newest_schema());
  if (state == db::FileState::missing) {
    if (!options.create || options.read_only) {
      throw Error(Code::cannot_open, fmt::format("there is no shop at {}", path));
    }
    db::make_shop_file(path, options.vfs);
  }
  if (state == db::FileState::sealed) {
    throw Error(Code::not_a_shop, fmt::format("{} is a sealed backup: restore it", path));
  }
  auto impl = std::make_unique<Impl>(database_options(path, options), environment(options));
  start(*impl, options);
  return Engine{std::move(impl)};
}

Engine Engine::restore(const std::string& backup, const std::string& path, OpenOptions options) {
  check_options(options);
  require_path("backup", backup);
  require_path("path", path);
  switch (db::inspect_file(backup, false, db::newest_schema())) {
    case db::FileState::missing:
      throw Error(Code::cannot_open, fmt::format("there is no backup at {}", backup));
    case db::FileState::sealed:
      if (options.host_key.empty()) {
        throw Error(Code::wrong_host_key, fmt::format("{} opens only with its host key", backup));
      }
      db::open_sealed_backup(backup, path, core::Key{options.host_key}, db::newest_schema());
      break;
    case db::FileState::shop:
      db::copy_plain_backup(backup, path, options.vfs);
      break;
  }
  try {
    return open(path, options);
  } catch (...) {
    db::remove_shop_files(path);  // which this call has just made
    throw;
  }
}

Engine Engine::open_memory(OpenOptions options) {
  check_options(options);
  auto impl = std::make_unique<Impl>(database_options({}, options), environment(options));
  start(*impl, options);
  return Engine{std::move(impl)};
}

Engine Engine::from_snapshot(const Snapshot& snapshot, OpenOptions options) {
  check_options(options);
  auto impl = std::make_unique<Impl>(database_options({}, options), environment(options));
  impl->db.exclusive(
      [&](db::SqliteConnection& connection) { connection.deserialize(snapshot.bytes()); });
  start(*impl, options);
  return Engine{std::move(impl)};
}

Session Engine::guest() const {
  return {Role::guest, 0, 0, accounts::new_guest(impl_->db.env())};
}

const std::string& Engine::bootstrap_code() const {
  return impl_->bootstrap_code;
}

void Engine::rotate_host_key(const Session& session, std::span<const std::byte> new_key) {
  core::Fields fields;
  fields.check(new_key.size() == 32, "new_key", "wrong_length", "has 32 bytes");
  fields.throw_if_any();
  const core::Key key{new_key};
  const std::unique_lock rotating{impl_->rotating};
  accounts::rotate(impl_->db, session, key, [](db::Tx& tx) {
    cart::reseal(tx);
    orders::reseal(tx);
    payments::reseal(tx);
    loyalty::reseal(tx);
  });
  impl_->host_key = key;
}

Audit& Engine::audit() {
  return impl_->modules.audit;
}
Accounts& Engine::accounts() {
  return impl_->modules.accounts;
}
Search& Engine::search() {
  return impl_->modules.search;
}

Transfer& Engine::transfer() {
  return impl_->modules.transfer;
}

Catalog& Engine::catalog() {
  return impl_->modules.catalog;
}
Sellers& Engine::sellers() {
  return impl_->modules.sellers;
}
Reports& Engine::reports() {
  return impl_->modules.reports;
}
Inventory& Engine::inventory() {
  return impl_->modules.inventory;
}
Pricing& Engine::pricing() {
  return impl_->modules.pricing;
}
Payments& Engine::payments() {
  return impl_->modules.payments;
}
Carts& Engine::cart() {
  return impl_->modules.cart;
}
Orders& Engine::orders() {
  return impl_->modules.orders;
}

Events& Engine::events() {
  return impl_->modules.events;
}

Loyalty& Engine::loyalty() {
  return impl_->modules.loyalty;
}

Notifications& Engine::notify() {
  return impl_->modules.notify;
}

Recommendations& Engine::recommend() {
  return impl_->modules.recommend;
}

Reviews& Engine::reviews() {
  return impl_->modules.reviews;
}

Wishlists& Engine::wishlist() {
  return impl_->modules.wishlist;
}

Currency Engine::currency() const {
  return impl_->db.env().currency;
}
int Engine::utc_offset_minutes() const {
  return impl_->db.env().utc_offset_minutes;
}
Clock& Engine::clock() {
  return *impl_->db.env().clock;
}

void Engine::backup(const std::string& path) {
  impl_->db.inspect([&](db::SqliteConnection& connection) { connection.backup_to(path); });
}

void Engine::backup_sealed(const std::string& path) {
  const std::shared_lock rotating{impl_->rotating};
  if (!impl_->host_key) {
    throw Error(Code::unsupported, "a shop without a host key has none to seal a backup under");
  }
  impl_->db.read([](db::Tx& tx) { accounts::require_newest_key(tx); });
  impl_->db.inspect([&](db::SqliteConnection& connection) {
    db::write_sealed_backup(connection, path, *impl_->host_key, *impl_->db.env().random);
  });
}

Snapshot Engine::snapshot() {
  auto image = impl_->db.inspect([](db::SqliteConnection& reader) { return reader.serialize(); });
  return Snapshot{std::make_shared<const std::vector<std::byte>>(std::move(image))};
}

Engine Engine::fork(std::shared_ptr<Clock> clock) {
  OpenOptions options;
  options.clock = std::move(clock);
  if (!options.clock) options.clock = impl_->db.env().clock;
  options.random = core::fork_random(impl_->db.env().random);
  options.password_preset = impl_->password_preset;
  const std::shared_lock rotating{impl_->rotating};
  if (impl_->host_key) {
    options.host_key.assign(impl_->host_key->bytes().begin(), impl_->host_key->bytes().end());
  }
  return from_snapshot(snapshot(), std::move(options));
}

VerifyReport Engine::verify() {
  return shop::verify(impl_->db);
}

EngineStats Engine::stats() {
  const auto counters = impl_->db.stats();
  EngineStats out;
  out.reads = counters.reads;
  out.writes = counters.writes;
  out.commits = counters.commits;
  out.checkpoints = counters.checkpoints;
  out.busy_retries = counters.busy_retries;
  {
    const std::shared_lock rotating{impl_->rotating};
    out.host_keyed = impl_->host_key.has_value();
  }
  impl_->db.inspect([&](db::SqliteConnection& connection) {
    const auto number = [&](const char* pragma) {
      const auto statement = connection.prepare(pragma);
      return statement->step() ? statement->integer(0) : 0;
    };
    out.file_bytes = number("PRAGMA page_count") * number("PRAGMA page_size");
    out.schema = number("PRAGMA user_version");
  });
  return out;
}

void Engine::checkpoint() {
  impl_->db.checkpoint();
}
void Engine::close() {
  impl_->db.close();
}

}  // namespace shop
