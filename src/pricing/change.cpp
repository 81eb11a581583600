#include "pricing/change.hpp"

#include "audit/audit.hpp"
#include "core/json.hpp"
#include "pricing/rule_store.hpp"
#include "shop/error.hpp"

#include <string>

namespace shop::pricing {

void missing(std::string_view what) {
  throw Error(Code::not_found, "there is no such " + std::string{what});
}

void changed(db::Tx& tx, const Session& session, std::string_view action, std::string_view type,
             Id id, std::string_view name) {
  store::bump(tx);
  const auto after =
      name.empty() ? std::string{} : core::Json{}.begin_object().field("name", name).end().take();
  audit::record(tx, session, {action, type, id, {}, after});
}

}  // namespace shop::pricing
