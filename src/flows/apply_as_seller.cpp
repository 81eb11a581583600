#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "db/database.hpp"
#include "sellers/sellers.hpp"
#include "shop/error.hpp"

namespace shop {

Seller Sellers::apply(const Session& session, const SellerApplication& application) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = accounts::authorize(tx, session, accounts::Operation::sellers_apply);
    std::optional<Id> category_id;
    if (!application.category.empty()) {
      const auto category = catalog::find_category(tx, application.category);
      if (!category) {
        throw Error(Code::not_found, "category: there is no such category",
                    {{"category", "not_found", "there is no such category", {}}});
      }
      category_id = category->id;
    }
    return sellers::apply(tx, actor, session, application, category_id);
  });
}

}  // namespace shop
