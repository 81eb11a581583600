#include "cart/hooks.hpp"
#include "recommend/hooks.hpp"
#include "reports/reports.hpp"

namespace shop {

void cart::filled(db::Tx& tx) {
  reports::count_funnel(tx, reports::Funnel::cart);
}

void recommend::viewed(db::Tx& tx) {
  reports::count_funnel(tx, reports::Funnel::view);
}

}  // namespace shop
