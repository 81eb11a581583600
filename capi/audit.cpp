#include "shop/audit.h"

#include "guard.hpp"
#include "session.hpp"
#include "shop/audit.hpp"

#include <memory>
#include <utility>

using namespace shop;
using namespace shop::capi;

shop_status shop_audit_watch(shop_session* session, int64_t every, shop_audit_watcher watcher,
                             shop_audit_watch_end end, void* user_data, shop_error** out_error) {
  return call(out_error, [&] {
    const std::shared_ptr<void> held(user_data, [end](void* given) {
      if (end != nullptr) end(given);
    });
    const SessionCall self(session);
    AuditWatcher listener;
    if (watcher != nullptr) {
      listener = [watcher, held](const AuditHead& head) {
        return watcher(head.seq, head.hash.c_str(), held.get()) == 1;
      };
    }
    self.engine().audit().watch(self.session(), every, std::move(listener));
  });
}
