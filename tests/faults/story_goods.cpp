#include "faults/story_parts.hpp"

// What there is to be sold: categories, products, search, stock.
namespace shop::test::chapters {
namespace {

ProductInput chess_set() {
  ProductInput input;
  input.title = "Chess Set";
  input.description = "Boxwood and maple";
  input.brand = "Staunton";
  input.tags = {"wood", "game"};
  input.attributes = {{"Material", "Maple", AttributeType::text}};
  input.options = {{"Size", {"Small", "Large"}}};
  VariantInput small;
  small.option_values = {"Small"};
  small.sku = "CHESS-S";
  small.price = {1999, "GBP"};
  auto large = small;
  large.option_values = {"Large"};
  large.sku = "CHESS-L";
  large.price = {4999, "GBP"};
  input.variants = {small, large};
  return input;
}

ProductInput simple(const char* title, const char* sku, std::int64_t price) {
  ProductInput input;
  input.title = title;
  input.simple.sku = sku;
  input.simple.price = {price, "GBP"};
  return input;
}

void categories(Steps& steps) {
  steps.push_back({"make a category", [](World& w) {
                     w.name("toys", w.shop->catalog().create_category(w.host(), {"Toys", {}}).id);
                   }});
  steps.push_back(
      {"make a category in it", [](World& w) {
         w.name("wooden",
                w.shop->catalog().create_category(w.host(), {"Wooden Toys", w.id("toys")}).id);
       }});
  steps.push_back({"make a spare category", [](World& w) {
                     w.name("spare", w.shop->catalog().create_category(w.host(), {"Spare", {}}).id);
                   }});
  steps.push_back({"make another spare category", [](World& w) {
                     w.name("spare2", w.shop->catalog().create_category(w.host(), {"More", {}}).id);
                   }});
  steps.push_back({"rename a category", [](World& w) {
                     CategoryChange change;
                     change.name = "Spares";
                     (void)w.shop->catalog().update_category(w.host(), w.id("spare"), change);
                   }});
  steps.push_back({"move a category", [](World& w) {
                     (void)w.shop->catalog().move_category(w.host(), w.id("spare"), w.id("toys"));
                   }});
  steps.push_back(
      {"read a category", [](World& w) { (void)w.shop->catalog().category(w.host(), "toys"); }});
  steps.push_back(
      {"list categories", [](World& w) { (void)w.shop->catalog().categories(w.host(), {}); }});
}

void products(Steps& steps) {
  steps.push_back({"make a product", [](World& w) {
                     auto input = chess_set();
                     input.category_ids = {w.id("wooden")};
                     const auto made = w.shop->catalog().create_product(w.host(), input);
                     w.name("chess", made.id);
                     w.name("small", made.variants[0].id);
                     w.name("large", made.variants[1].id);
                   }});
  steps.push_back({"make a simple product", [](World& w) {
                     auto input = simple("Dice", "DICE", 99);
                     input.simple.barcode = "4006381333931";
                     const auto made = w.shop->catalog().create_product(w.host(), input);
                     w.name("dice product", made.id);
                     w.name("dice", made.variants[0].id);
                   }});
  steps.push_back({"make several products", [](World& w) {
                     const auto made = w.shop->catalog().create_products(
                         w.host(), {simple("Ball", "BALL", 250), simple("Kite", "KITE", 1200)});
                     w.name("ball product", made.ids[0]);
                     w.name("kite product", made.ids[1]);
                   }});
  steps.push_back({"make a product for a moment", [](World& w) {
                     auto input = simple("Mistake", "OOPS", 1);
                     input.category_ids = {w.id("spare")};
                     w.name("mistake", w.shop->catalog().create_product(w.host(), input).id);
                   }});
  steps.push_back({"change a product", [](World& w) {
                     auto& catalog = w.shop->catalog();
                     ProductChange change;
                     change.version = catalog.product(w.host(), w.id("chess")).version;
                     change.description = "Boxwood, maple and walnut";
                     change.tags = std::vector<std::string>{"wood", "gift"};
                     (void)catalog.update_product(w.host(), w.id("chess"), change);
                   }});
  steps.push_back({"change several products", [](World& w) {
                     auto& catalog = w.shop->catalog();
                     ProductUpdate ball{w.id("ball product"), {}};
                     ball.change.version = catalog.product(w.host(), ball.id).version;
                     ball.change.brand = "Bounce";
                     ProductUpdate kite{w.id("kite product"), {}};
                     kite.change.version = catalog.product(w.host(), kite.id).version;
                     kite.change.brand = "Wind";
                     catalog.update_products(w.host(), {ball, kite});
                   }});
  steps.push_back({"archive a product", [](World& w) {
                     w.shop->catalog().archive_product(w.host(), w.id("kite product"));
                   }});
  steps.push_back({"restore a product", [](World& w) {
                     w.shop->catalog().restore_product(w.host(), w.id("kite product"));
                   }});
  steps.push_back({"delete a product",
                   [](World& w) { w.shop->catalog().delete_product(w.host(), w.id("mistake")); }});
  steps.push_back({"merge a category", [](World& w) {
                     (void)w.shop->catalog().merge_category(w.host(), w.id("spare"),
                                                            w.id("wooden"));
                   }});
  steps.push_back({"delete a category", [](World& w) {
                     w.shop->catalog().delete_category(w.host(), w.id("spare2"), {});
                   }});
}

void variants(Steps& steps) {
  steps.push_back({"add a variant", [](World& w) {
                     auto& catalog = w.shop->catalog();
                     ProductInput input = simple("Cap", "CAP", 700);
                     input.options = {{"Colour", {"Red", "Blue"}}};
                     input.variants = {input.simple};
                     input.variants[0].option_values = {"Red"};
                     w.name("cap product", catalog.create_product(w.host(), input).id);
                   }});
  steps.push_back({"add another variant", [](World& w) {
                     VariantInput blue;
                     blue.option_values = {"Blue"};
                     blue.sku = "CAP-B";
                     blue.price = {750, "GBP"};
                     w.name("cap",
                            w.shop->catalog().add_variant(w.host(), w.id("cap product"), blue).id);
                   }});
  steps.push_back({"change a price", [](World& w) {
                     VariantChange change;
                     change.price = Money{690, "GBP"};
                     (void)w.shop->catalog().update_variant(w.host(), w.id("cap"), change);
                   }});
  steps.push_back({"remove a variant",
                   [](World& w) { w.shop->catalog().remove_variant(w.host(), w.id("cap")); }});
  steps.push_back({"add a picture", [](World& w) {
                     ImageInput picture;
                     picture.alt = "A board";
                     picture.media_type = "image/png";
                     picture.bytes = std::string{"\x89PNG\r\n\x1A\n", 8} + std::string(200, 'x');
                     w.name("picture",
                            w.shop->catalog().add_image(w.host(), w.id("chess"), picture).id);
                   }});
  steps.push_back({"change a picture", [](World& w) {
                     ImageChange change;
                     change.alt = "A chess board";
                     (void)w.shop->catalog().update_image(w.host(), w.id("picture"), change);
                   }});
  steps.push_back({"read a picture", [](World& w) {
                     (void)w.shop->catalog().image_bytes(w.host(), w.id("picture"));
                   }});
  steps.push_back({"remove a picture",
                   [](World& w) { w.shop->catalog().remove_image(w.host(), w.id("picture")); }});
  steps.push_back({"put a bundle together", [](World& w) {
                     ProductInput set = simple("Game Night", "NIGHT", 5999);
                     set.bundle = {{w.id("large"), 1}, {w.id("dice"), 2}};
                     const auto made = w.shop->catalog().create_product(w.host(), set);
                     w.name("night product", made.id);
                     w.name("night", made.variants[0].id);
                   }});
  steps.push_back({"change a bundle", [](World& w) {
                     w.shop->catalog().set_bundle(w.host(), w.id("night product"),
                                                  {{w.id("large"), 1}, {w.id("dice"), 1}});
                   }});
  steps.push_back({"translate a product", [](World& w) {
                     w.shop->catalog().set_translation(w.host(), w.id("chess"),
                                                       {"de", "Schachspiel", "Aus Holz"});
                   }});
}

void browsing(Steps& steps) {
  steps.push_back({"read products", [](World& w) {
                     auto& catalog = w.shop->catalog();
                     (void)catalog.product(w.host(), w.id("chess"));
                     (void)catalog.product_by_slug(w.host(), "chess-set");
                     (void)catalog.product_by_sku(w.host(), "CHESS-S");
                     (void)catalog.product_by_barcode(w.host(), "4006381333931");
                     (void)catalog.product_in(w.host(), w.id("chess"), "de,en");
                     (void)catalog.translations(w.host(), w.id("chess"));
                     (void)catalog.variant(w.host(), w.id("small"));
                   }});
  steps.push_back({"read prices of the past", [](World& w) {
                     auto& catalog = w.shop->catalog();
                     (void)catalog.price_history(w.host(), w.id("small"));
                     (void)catalog.price_reference(w.host(), w.id("small"));
                     (void)catalog.most_expensive(w.host(), "", 5);
                   }});
  steps.push_back({"list products", [](World& w) {
                     auto& catalog = w.shop->catalog();
                     (void)catalog.products(w.host(), {}, ProductOrder::newest,
                                            {.with_total = true});
                     (void)catalog.products_at(w.host(), {}, ProductOrder::title, 0, 5);
                     (void)catalog.facets(w.host(), {});
                   }});
  steps.push_back({"search", [](World& w) {
                     SearchQuery query;
                     query.text = "wod ches";
                     query.uncounted = true;
                     (void)w.shop->search().products(w.host(), query, {});
                     (void)w.shop->search().facets(w.host(), query);
                     (void)w.shop->search().suggest(w.host(), "ch", 5);
                   }});
  steps.push_back({"read what was searched for", [](World& w) {
                     (void)w.shop->search().popular(w.host(), 5);
                     (void)w.shop->search().fruitless(w.host(), 5);
                   }});
  steps.push_back(
      {"build the search anew", [](World& w) { w.shop->search().rebuild(w.host()); }, true});
  steps.push_back({"import products", [](World& w) {
                     (void)w.shop->transfer().import_products_text(
                         w.host(), "title,sku,price\nDrum,DRUM,19.99\nFlute,FLUTE,9.99\n", {});
                   }});
  steps.push_back({"export products", [](World& w) {
                     (void)w.shop->transfer().export_products_text(w.host(), ProductFormat::simple);
                     (void)w.shop->transfer().progress(w.host());
                   }});
}

}  // namespace

void catalog(Steps& steps) {
  categories(steps);
  products(steps);
  variants(steps);
  browsing(steps);
}

void stock(Steps& steps) {
  for (const char* variant : {"small", "large", "dice"}) {
    steps.push_back({std::string{"receive stock of "} + variant, [variant](World& w) {
                       w.shop->inventory().receive(w.host(),
                                                   {.variant_id = w.id(variant), .quantity = 40});
                     }});
  }
  steps.push_back(
      {"write off stock", [](World& w) {
         w.shop->inventory().adjust(
             w.host(), {.variant_id = w.id("small"), .change = -2, .reason = StockReason::damage});
       }});
  steps.push_back({"restock several", [](World& w) {
                     (void)w.shop->inventory().restock(
                         w.host(), {{.variant_id = w.id("small"), .quantity = 5},
                                    {.variant_id = w.id("dice"), .quantity = 5}});
                   }});
  steps.push_back({"open a place for stock", [](World& w) {
                     w.name("cellar", w.shop->inventory().create_location(w.host(), "Cellar").id);
                   }});
  steps.push_back({"rename a place", [](World& w) {
                     (void)w.shop->inventory().rename_location(w.host(), w.id("cellar"), "Attic");
                   }});
  steps.push_back({"move stock", [](World& w) {
                     TransferInput move;
                     move.variant_id = w.id("dice");
                     move.to_id = w.id("cellar");
                     move.quantity = 4;
                     (void)w.shop->inventory().transfer(w.host(), move);
                   }});
  steps.push_back({"move stock back", [](World& w) {
                     TransferInput move;
                     move.variant_id = w.id("dice");
                     move.from_id = w.id("cellar");
                     move.quantity = 4;
                     (void)w.shop->inventory().transfer(w.host(), move);
                   }});
  steps.push_back({"close a place", [](World& w) {
                     (void)w.shop->inventory().close_location(w.host(), w.id("cellar"));
                   }});
  steps.push_back({"say when stock is low", [](World& w) {
                     (void)w.shop->inventory().set_threshold(
                         w.host(), {.variant_id = w.id("small"), .low = 3});
                   }});
  steps.push_back({"start counting", [](World& w) {
                     w.name("count",
                            w.shop->inventory().open_stock_take(w.host(), "January", 0).id);
                   }});
  steps.push_back({"count", [](World& w) {
                     (void)w.shop->inventory().count(w.host(), w.id("count"), w.id("dice"), 44);
                   }});
  steps.push_back({"read the count", [](World& w) {
                     auto& inventory = w.shop->inventory();
                     (void)inventory.stock_take(w.host(), w.id("count"));
                     (void)inventory.stock_take_lines(w.host(), w.id("count"), {});
                     (void)inventory.stock_takes(w.host(), {});
                   }});
  steps.push_back({"finish counting", [](World& w) {
                     (void)w.shop->inventory().close_stock_take(w.host(), w.id("count"));
                   }});
  steps.push_back({"start counting again", [](World& w) {
                     w.name("count2",
                            w.shop->inventory().open_stock_take(w.host(), "Mistake", 0).id);
                   }});
  steps.push_back({"give up counting", [](World& w) {
                     (void)w.shop->inventory().cancel_stock_take(w.host(), w.id("count2"));
                   }});
  steps.push_back({"read the stock", [](World& w) {
                     auto& inventory = w.shop->inventory();
                     (void)inventory.movements(w.host(), w.id("small"), {});
                     (void)inventory.level(w.host(), w.id("small"));
                     (void)inventory.locations(w.host());
                     (void)inventory.locations_of(w.host(), w.id("dice"));
                     (void)inventory.threshold(w.host(), w.id("small"));
                   }});
}

}  // namespace shop::test::chapters
