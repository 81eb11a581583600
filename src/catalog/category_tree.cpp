#include "catalog/category_tree.hpp"

#include "catalog/listing_store.hpp"
#include "catalog/store.hpp"
#include "catalog/writer.hpp"
#include "core/text.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <functional>

namespace shop::catalog {
namespace {

/// Runs `visit` for the products that were put into a category itself. They may leave it.
void each_product(db::Tx& tx, Id category_id, const std::function<void(Id)>& visit) {
  Id last = 0;
  for (;;) {
    const auto ids = store::category_products(tx, category_id, last);
    if (ids.empty()) return;
    for (const auto id : ids) visit(id);
    last = ids.back();
  }
}

/// Takes the products of these categories out of their lists, or puts them in.
void relist_all(db::Tx& tx, const std::vector<Id>& categories, bool enter) {
  Writer writer{tx};
  for (const auto category : categories) {
    each_product(tx, category, [&](Id id) {
      const auto row = store::product_by_id(tx, id);
      if (!row || !row->listed()) return;
      auto there = load_whole(tx, *row);
      // A product in several of the categories is handled at the first.
      const auto first = std::find_first_of(there.categories.begin(), there.categories.end(),
                                            categories.begin(), categories.end());
      if (first == there.categories.end() || *first != category) return;
      auto gone = there;
      gone.categories.clear();
      if (enter) {
        writer.relist(gone, there);
      } else {
        writer.relist(there, gone);
      }
    });
  }
  writer.finish();
}

}  // namespace

void move_subtree(db::Tx& tx, Category& category, std::optional<Id> parent_id) {
  auto below = store::descendants(tx, category.id);
  std::vector<Id> ids;
  for (const auto& node : below) ids.push_back(node.id);
  if (parent_id && std::find(ids.begin(), ids.end(), *parent_id) != ids.end()) {
    throw Error(Code::conflict, "parent_id: a category cannot be below itself");
  }
  relist_all(tx, ids, false);
  category.parent_id = parent_id;
  store::save_category(tx, category, core::fold(category.name));
  std::sort(below.begin(), below.end(),
            [](const auto& a, const auto& b) { return a.distance < b.distance; });
  for (const auto& node : below) {
    store::remove_ancestors(tx, node.id);
    store::add_ancestors(tx, node.id, store::category_by_id(tx, node.id)->parent_id);
  }
  relist_all(tx, ids, true);
}

void move_products(db::Tx& tx, Id from, Id to) {
  Writer writer{tx};
  each_product(tx, from, [&](Id id) {
    const auto before = load_whole(tx, *store::product_by_id(tx, id));
    auto after = before;
    const bool both = std::find(before.categories.begin(), before.categories.end(), to) !=
                      before.categories.end();
    if (both) {
      store::drop_product_category(tx, id, from);
    } else {
      store::change_product_category(tx, id, from, to);
    }
    after.categories = store::product_categories(tx, id);
    after.row.category_id = after.categories.front();
    if (after.row.category_id != before.row.category_id) {
      store::save_main_category(tx, id, after.row.category_id);
    }
    writer.relist(before, after);
  });
  writer.finish();
}

}  // namespace shop::catalog
