#include "audit/audit.hpp"

#include <utility>

namespace shop::audit {

void Watch::set(std::int64_t every, AuditWatcher watcher, const AuditHead& head) {
  std::shared_ptr<const Listener> made;
  if (watcher) made = std::make_shared<const Listener>(Listener{every, std::move(watcher)});
  std::shared_ptr<const Listener> gone;  // what it holds is given back outside the lock
  {
    const std::lock_guard lock{mutex_};
    gone = std::exchange(listener_, std::move(made));
    latest_ = head;
    due_at_ = listener_ ? (head.seq == 0 ? every : head.seq) : k_never;
  }
  tell(head);
}

void Watch::tell(const AuditHead& head) noexcept {
  try {
    std::unique_lock lock{mutex_};
    if (head.seq > latest_.seq) latest_ = head;
    if (telling_) return;
    while (listener_ && due(latest_.seq)) {
      const auto listener = listener_;
      const auto told = latest_;
      telling_ = true;
      lock.unlock();
      bool kept = false;
      try {
        kept = listener->watcher(told);
      } catch (...) {  // as good as a refusal: the change that is audited has been made
      }
      lock.lock();
      telling_ = false;
      if (listener_ != listener) continue;
      if (!kept) return;
      due_at_ = told.seq + listener->every;
    }
  } catch (...) {  // no memory for a copy: the next entry tells it
  }
}

}  // namespace shop::audit
