#include "catalog/catalog.hpp"

namespace shop::catalog {

void verify(db::Tx& /*tx*/, core::Findings& findings) {
  findings.checked();
}

}  // namespace shop::catalog
