#pragma once

#include "db/database.hpp"

namespace shop::db {

/// Reads on the writer's connection while a shop is being opened: a reader of its own would have to
/// parse the whole schema once more, which takes longer than all else.
template <class F>
auto read_at_start(Database& database, F&& fn) {
  return database.exclusive([&](SqliteConnection& connection) {
    connection.begin_read();
    struct End {
      SqliteConnection& connection;
      ~End() { connection.rollback(); }
    } const end{connection};
    Tx tx{connection, database.env(), nullptr};
    return fn(tx);
  });
}

}  // namespace shop::db
