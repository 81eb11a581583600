#include "faults/story.hpp"

#include "core/random.hpp"
#include "faults/memory.hpp"
#include "support/start_of_test.hpp"

namespace shop::test {
namespace {

using Steps = std::vector<Step>;

void browse_and_sort(Steps& steps) {
  steps.push_back(
      {"make a category", [](World& world) {
         const auto made = world.shop->catalog().create_category(world.host(), {"Toys", {}});
         world.name("toys", made.id);
       }});
  steps.push_back({"make a category in it", [](World& world) {
                     const auto made = world.shop->catalog().create_category(
                         world.host(), {"Wooden Toys", world.id("toys")});
                     world.name("wooden", made.id);
                   }});
  steps.push_back({"read a category", [](World& world) {
                     (void)world.shop->catalog().category(world.host(), "toys");
                   }});
  steps.push_back({"list categories",
                   [](World& world) { (void)world.shop->catalog().categories(world.host(), {}); }});
}

ProductInput chess_set() {
  ProductInput input;
  input.title = "Chess Set";
  input.description = "Boxwood and maple";
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

void fill_the_shelves(Steps& steps) {
  steps.push_back({"make a product", [](World& world) {
                     auto input = chess_set();
                     input.category_ids = {world.id("wooden")};
                     const auto made = world.shop->catalog().create_product(world.host(), input);
                     world.name("chess", made.id);
                     world.name("small", made.variants[0].id);
                     world.name("large", made.variants[1].id);
                   }});
  steps.push_back({"make a simple product", [](World& world) {
                     ProductInput input;
                     input.title = "Dice";
                     input.simple.price = {99, "GBP"};
                     input.simple.sku = "DICE";
                     const auto made = world.shop->catalog().create_product(world.host(), input);
                     world.name("dice", made.variants[0].id);
                   }});
  steps.push_back({"read a product", [](World& world) {
                     (void)world.shop->catalog().product_by_sku(world.host(), "CHESS-S");
                   }});
  steps.push_back({"list products", [](World& world) {
                     (void)world.shop->catalog().products(world.host(), {}, ProductOrder::newest,
                                                          {.with_total = true});
                   }});
  for (const char* variant : {"small", "large", "dice"}) {
    steps.push_back({std::string{"receive stock of "} + variant, [variant](World& world) {
                       world.shop->inventory().receive(
                           world.host(), {.variant_id = world.id(variant), .quantity = 20});
                     }});
  }
  steps.push_back({"write off stock", [](World& world) {
                     world.shop->inventory().adjust(world.host(), {.variant_id = world.id("small"),
                                                                   .change = -2,
                                                                   .reason = StockReason::damage});
                   }});
  steps.push_back({"read the stock ledger", [](World& world) {
                     (void)world.shop->inventory().movements(world.host(), world.id("small"), {});
                   }});
}

PlaceInput paid_in_cash(const char* key) {
  PlaceInput input;
  input.idempotency_key = key;
  input.payments = {{.tender = Tender::cash}};
  return input;
}

void sell(Steps& steps) {
  steps.push_back({"start a cart", [](World& world) {
                     world.name("cart", world.shop->cart().create(world.host(), {}).id);
                   }});
  steps.push_back({"put something into the cart", [](World& world) {
                     (void)world.shop->cart().add(world.host(), world.id("cart"),
                                                  {.variant_id = world.id("small"), .quantity = 2});
                   }});
  steps.push_back({"put more into the cart", [](World& world) {
                     (void)world.shop->cart().add_all(
                         world.host(), world.id("cart"),
                         {{.variant_id = world.id("large")}, {.variant_id = world.id("dice")}});
                   }});
  steps.push_back({"change a quantity", [](World& world) {
                     (void)world.shop->cart().set_quantity(world.host(), world.id("cart"), 1, 3);
                   }});
  steps.push_back({"read the cart", [](World& world) {
                     (void)world.shop->cart().read(world.host(), world.id("cart"));
                   }});
  steps.push_back({"place an order", [](World& world) {
                     const auto order = world.shop->orders().place(world.host(), world.id("cart"),
                                                                   paid_in_cash("first"));
                     world.name("order", order.id);
                   }});
  steps.push_back({"read the order", [](World& world) {
                     (void)world.shop->orders().get(world.host(), world.id("order"));
                   }});
  steps.push_back({"take goods back", [](World& world) {
                     ReturnInput input;
                     input.idempotency_key = "back";
                     input.lines = {{.line_no = 1, .quantity = 1}};
                     (void)world.shop->orders().return_items(world.host(), world.id("order"),
                                                             input);
                   }});
  steps.push_back({"start another cart", [](World& world) {
                     const auto cart = world.shop->cart().create(world.host(), {});
                     world.name("cart2", cart.id);
                   }});
  steps.push_back({"fill the other cart", [](World& world) {
                     (void)world.shop->cart().add(world.host(), world.id("cart2"),
                                                  {.variant_id = world.id("dice"), .quantity = 2});
                   }});
  steps.push_back({"place another order", [](World& world) {
                     const auto order = world.shop->orders().place(world.host(), world.id("cart2"),
                                                                   paid_in_cash("second"));
                     world.name("order2", order.id);
                   }});
  steps.push_back({"cancel the other order", [](World& world) {
                     (void)world.shop->orders().cancel(world.host(), world.id("order2"),
                                                       "changed their mind");
                   }});
}

void pass_it_on(Steps& steps) {
  steps.push_back({"subscribe to events", [](World& world) {
                     (void)world.shop->events().subscribe(
                         world.host(), {.name = "mail", .types = {}, .from_start = true});
                   }});
  steps.push_back({"pull events", [](World& world) {
                     (void)world.shop->events().pull(world.host(), "mail", 10, 60);
                   }});
}

Steps whole_story() {
  Steps steps;
  browse_and_sort(steps);
  fill_the_shelves(steps);
  sell(steps);
  pass_it_on(steps);
  return steps;
}

}  // namespace

void World::name(const char* name, Id id) {
  const MemoryForTest memory;
  ids[name] = id;
}

const std::vector<Step>& story() {
  static const Steps steps = whole_story();
  return steps;
}

OpenOptions held_options(const World& world, std::uint64_t seed) {
  OpenOptions options;
  options.clock = world.clock;
  options.random = core::seeded_random(seed);
  options.currency = "GBP";
  options.busy_timeout_ms = 50;
  return options;
}

World new_world() {
  World world;
  world.clock = std::make_shared<ManualClock>(start_of_test);
  return world;
}

void play(World& world, const Step& step) {
  world.clock->advance(1'000'000);
  step.run(world);
}

}  // namespace shop::test
