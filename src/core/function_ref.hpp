#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace shop::core {

template <class Signature>
class FunctionRef;

/// A reference to something callable that outlives it: a parameter, never a member.
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  template <class F>
  // NOLINTNEXTLINE(google-explicit-constructor): a parameter that takes any callable
  requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>) FunctionRef(F&& callable)
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<Args>(args)...);
        }) {}

  R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

}  // namespace shop::core
