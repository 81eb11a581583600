#include "db/tx.hpp"

#include "core/encoding.hpp"
#include "db/db_sql.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <array>

namespace shop::db {
namespace {

constexpr Id k_sites = 1024;
constexpr Id k_site = 0;

}  // namespace

Query::Query(Statement& statement, Connection& connection, const Sql& sql)
    : statement_(&statement) {
  if (statement_->in_use) {
    own_ = connection.prepare(sql.text());
    statement_ = own_.get();
  }
  statement_->in_use = true;
}

Query::Query(Connection& connection, std::string_view text) : statement_(&connection.cached(text)) {
  if (statement_->in_use) {
    own_ = connection.prepare(text);
    statement_ = own_.get();
  }
  statement_->in_use = true;
}

Query::~Query() {
  statement_->reset();
  statement_->in_use = false;
}

Id Tx::next_id() {
  if (ids_ == nullptr) throw Error(Code::internal, "an id was asked for in a reading transaction");
  if (!ids_->next) {
    const auto stored = stored_ids();
    ids_->follows = stored == ids_->kept_end;
    ids_->next = ids_->follows ? ids_->kept : stored;
    ids_->next_end = stored;
  }
  return (*ids_->next)++ * k_sites + k_site;
}

Id Tx::stored_ids() {
  const auto stored = integer(sql::k_id_next, k_site);
  if (!stored) throw Error(Code::corrupt, "the file has lost its counter of ids");
  return *stored;
}

void Tx::shop_replaced(Id before) {
  const auto next = std::max({before, stored_ids(), ids_->next.value_or(0)});
  ids_->next = next == before ? next + 1 : next;
  ids_->next_end = 0;
  ids_->follows = false;
  ids_->replaced = true;
}

std::string Tx::next_uuid() {
  std::array<std::byte, 10> chance;
  env_->random->fill(chance);
  return core::uuid7(now_, chance);
}

}  // namespace shop::db
