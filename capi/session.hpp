#pragma once

#include "handle.hpp"
#include "shop/base.h"
#include "shop/engine.hpp"
#include "shop/session.hpp"

#include <memory>
#include <utility>

namespace shop::capi {

/// What a shop_engine stands for.
struct OpenEngine {
  Engine engine;
  std::shared_ptr<ManualClock> clock;  ///< only if it was opened with one
};

/// What a shop_session stands for. It names its engine by handle: it does not keep it open.
struct OpenSession {
  shop_engine* engine;
  Session session;
};

using Engines = HandleTable<OpenEngine, shop_engine, 1>;
using Sessions = HandleTable<OpenSession, shop_session, 2>;

/// All open handles of the process; they live until the process ends, so that a call at exit finds
/// them.
Engines& engines();
Sessions& sessions();

/// Keeps an engine alive during a call on it.
class EngineCall {
 public:
  explicit EngineCall(const shop_engine* handle);
  [[nodiscard]] Engine& engine() const { return pin_->engine; }
  [[nodiscard]] OpenEngine& opened() const { return *pin_; }
  [[nodiscard]] shop_engine* handle() const { return handle_; }

 private:
  shop_engine* handle_;
  Engines::Pin pin_;
};

/// Keeps a session and its engine alive during a call.
class SessionCall {
 public:
  explicit SessionCall(const shop_session* handle);
  [[nodiscard]] Engine& engine() const { return engine_->engine; }
  [[nodiscard]] const Session& session() const { return session_->session; }
  [[nodiscard]] shop_engine* handle() const { return session_->engine; }

 private:
  static Engines::Pin pin_engine(shop_engine* handle);
  Sessions::Pin session_;
  Engines::Pin engine_;
};

/// A new session handle, given back unless it is kept.
class OpenedSession {
 public:
  template <class Call>
  OpenedSession(const Call& self, Session session)
      : handle_(sessions().open(OpenSession{self.handle(), std::move(session)})) {}
  ~OpenedSession() {
    if (handle_ != nullptr) sessions().close(handle_, "session");
  }
  OpenedSession(const OpenedSession&) = delete;
  OpenedSession& operator=(const OpenedSession&) = delete;
  shop_session* keep() { return std::exchange(handle_, nullptr); }

 private:
  shop_session* handle_;
};

}  // namespace shop::capi
