#include "session.hpp"

#include "guard.hpp"
#include "shop/session.h"

#include <atomic>

#include <pthread.h>

namespace shop::capi {
namespace {

std::atomic<std::uint32_t> current_epoch{0};

/// Called in the child of a fork: handles of the parent are of another epoch from here on.
void enter_child() {
  current_epoch.fetch_add(1);
  engines().after_fork();
  sessions().after_fork();
}

[[maybe_unused]] const int fork_handler = ::pthread_atfork(nullptr, nullptr, &enter_child);

}  // namespace

std::uint32_t fork_epoch() noexcept {
  return current_epoch.load(std::memory_order_relaxed);
}

Engines& engines() {
  static Engines& table = *new Engines;
  return table;
}

Sessions& sessions() {
  static Sessions& table = *new Sessions;
  return table;
}

EngineCall::EngineCall(const shop_engine* handle)
    : handle_(const_cast<shop_engine*>(handle)), pin_(engines().pin(handle, "engine")) {}

SessionCall::SessionCall(const shop_session* handle)
    : session_(sessions().pin(handle, "session")), engine_(pin_engine(session_->engine)) {}

Engines::Pin SessionCall::pin_engine(shop_engine* handle) {
  std::optional<Engines::Pin> pin = engines().try_pin(handle);
  if (!pin) throw Error(Code::closed, "the shop of this session was closed");
  return std::move(*pin);
}

static void write(As<shop_session_actor>, Writer& writer, Pos at, const Session& from) {
  writer.put<std::uint32_t>(at, sizeof(shop_session_actor));
  writer.put<std::int32_t>(at + offsetof(shop_session_actor, role),
                           static_cast<std::int32_t>(from.role()));
  writer.put<std::int64_t>(at + offsetof(shop_session_actor, user_id), from.user_id());
  writer.put<std::int64_t>(at + offsetof(shop_session_actor, session_id), from.session_id());
  writer.put<std::int64_t>(at + offsetof(shop_session_actor, guest_id), from.guest_id());
}

}  // namespace shop::capi

using namespace shop;
using namespace shop::capi;

shop_status shop_session_host(shop_engine* engine, shop_session** out_session,
                              shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_session, "out_session");
    const EngineCall self(engine);
    *out_session = OpenedSession(self, self.engine().host()).keep();
  });
}

shop_status shop_session_guest(shop_engine* engine, shop_session** out_session,
                               shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_session, "out_session");
    const EngineCall self(engine);
    *out_session = OpenedSession(self, self.engine().guest()).keep();
  });
}

shop_status shop_session_who(shop_session* session, const shop_session_actor** out_actor,
                             shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_actor, "out_actor");
    give<shop_session_actor>(out_actor, SessionCall(session).session());
  });
}

shop_status shop_session_close(shop_session* session, shop_error** out_error) {
  return call(out_error, [&] { sessions().close(session, "session"); });
}
