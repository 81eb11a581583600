#include "catalog/reader.hpp"

#include <algorithm>
#include <utility>

namespace shop::catalog {

Product read_product(db::Tx& tx, store::ProductRow row) {
  Product out;
  auto& card = row.card;
  out.id = card.id;
  out.version = row.version;
  out.seller_id = card.seller_id;
  out.status = card.status;
  out.slug = std::move(card.slug);
  out.title = std::move(card.title);
  out.price = card.price;
  out.price_max = card.price_max;
  out.compare_at = card.compare_at;
  out.tax_class_id = row.tax_class_id;
  out.minimum_age = row.minimum_age;
  out.sold_by = row.sold_by;
  out.in_stock = card.in_stock;
  out.rating_milli = card.rating_milli;
  out.rating_count = card.rating_count;
  out.sold = card.sold;
  out.created_at = row.created_at;
  out.updated_at = row.updated_at;
  if (row.texts) {
    out.brand = std::move(row.texts->brand);
    out.description = std::move(row.texts->description);
  } else {
    if (row.brand_id != 0) out.brand = store::facet_value(tx, row.brand_id);
    if ((row.parts & part_description) != 0) out.description = store::description(tx, card.id);
  }
  if ((row.parts & part_more_categories) != 0) {
    out.category_ids = store::product_categories(tx, card.id);
  } else if (row.category_id != 0) {
    out.category_ids = {row.category_id};
  }
  out.variants = store::variants(tx, card.id);
  if ((row.parts & part_images) != 0) out.images = store::images(tx, card.id);
  if ((row.parts & part_bundle) != 0) out.bundle = store::bundle(tx, card.id);
  if ((row.parts & part_labels) != 0) {
    for (auto& label : store::labels(tx, card.id)) {
      if (label.kind == FacetKind::tag) {
        out.tags.push_back(std::move(label.value));
      } else {
        out.attributes.push_back({std::move(label.name), std::move(label.value), label.type});
      }
    }
  }
  if ((row.parts & part_options) != 0) {
    for (auto& name : store::option_names(tx, card.id))
      out.options.push_back({std::move(name), {}});
    for (const auto& variant : out.variants) {
      for (std::size_t i = 0; i < out.options.size() && i < variant.option_values.size(); ++i) {
        auto& values = out.options[i].values;
        const auto& value = variant.option_values[i];
        if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
      }
    }
  }
  return out;
}

}  // namespace shop::catalog
