#pragma once

#include "shop/clock.hpp"
#include "shop/types.hpp"

#include <memory>
#include <string>

namespace shop::core {
class KeyRing;
}
namespace shop::accounts {
struct Runtime;
}
namespace shop::audit {
class Watch;
}

namespace shop::db {

/// What every use case of one opened shop shares: its clock, its chance and the settings that
/// were fixed when the file was made.
struct Env {
  std::shared_ptr<Clock> clock;
  std::shared_ptr<Random> random;
  Currency currency;                            ///< of every price and total
  int utc_offset_minutes = 0;                   ///< of the shop's calendar days
  std::shared_ptr<core::KeyRing> keys;          ///< set while opening
  std::shared_ptr<accounts::Runtime> accounts;  ///< what accounts keep in memory
  std::shared_ptr<audit::Watch> audit_watch;    ///< to whom the end of the chain is told
};

}  // namespace shop::db
