#include "faults/story.hpp"

#include "core/random.hpp"
#include "faults/memory.hpp"
#include "support/shop_fixture.hpp"

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

Steps whole_story() {
  Steps steps;
  browse_and_sort(steps);
  fill_the_shelves(steps);
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
