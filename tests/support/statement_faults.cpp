#include "support/statement_faults.hpp"

#include <sqlite3.h>

namespace shop::test {
namespace {

struct State {
  int target = 0;
  int seen = 0;
  bool fired = false;
};
State g_state;

int on_statement(unsigned /*event*/, void* /*context*/, void* /*statement*/, void* /*text*/) {
  ++g_state.seen;
  return 0;
}

int on_progress(void* /*context*/) {
  if (g_state.target == 0 || g_state.seen != g_state.target || g_state.fired) return 0;
  g_state.fired = true;
  return 1;
}

int on_open(sqlite3* db, const char** /*error*/, const sqlite3_api_routines* /*api*/) {
  sqlite3_trace_v2(db, SQLITE_TRACE_STMT, on_statement, nullptr);
  sqlite3_progress_handler(db, 1, on_progress, nullptr);
  return SQLITE_OK;
}

using Entry = void (*)();

}  // namespace

StatementFaults::StatementFaults() {
  g_state = {};
  sqlite3_auto_extension(reinterpret_cast<Entry>(on_open));
}

StatementFaults::~StatementFaults() {
  sqlite3_cancel_auto_extension(reinterpret_cast<Entry>(on_open));
  g_state = {};
}

void StatementFaults::arm(int statement) {
  g_state = {statement, 0, false};
}

int StatementFaults::seen() const {
  return g_state.seen;
}

bool StatementFaults::fired() const {
  return g_state.fired;
}

}  // namespace shop::test
