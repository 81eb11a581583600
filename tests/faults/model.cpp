#include "faults/model.hpp"

#include "faults/model_shop.hpp"
#include "faults/story.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/fault_disk.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include <fmt/format.h>

namespace shop::test {
namespace {

enum class Kind {
  make_category,
  make_product,
  receive,
  adjust,
  make_cart,
  add,
  set_quantity,
  remove,
  clear,
  place,
  place_again,
  cancel,
  give_back,
  as_guest,
  read,
  move_clock,
  reopen,
  fail_disk,
};

constexpr std::array k_names{"make_category", "make_product", "receive",   "adjust",   "make_cart",
                             "add",           "set_quantity", "remove",    "clear",    "place",
                             "place_again",   "cancel",       "give_back", "as_guest", "read",
                             "move_clock",    "reopen",       "fail_disk"};

/// An operation whose parts are numbers of chance, taken modulo what there is when it runs: so any
/// part of a sequence is a sequence.
struct Operation {
  Kind kind;
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t c;
};

using Sequence = std::vector<Operation>;

/// An operation made definite: what it is about, by its place in the model.
struct Call {
  Kind kind;
  std::size_t product = 0;
  std::size_t cart = 0;
  std::size_t order = 0;
  std::size_t at = 0;  // a line of the order
  std::int64_t line = 0;
  std::int64_t quantity = 0;
  int parent = -1;
  std::string text;
};

constexpr std::int64_t k_new_line = -1;  // until the shop has numbered it

std::int64_t quantity_of(std::uint32_t chance) {
  switch (chance % 16) {
    case 0:
      return 0;
    case 1:
      return -1;
    case 2:
      return 1'000'001;
    case 3:
      return max_magnitude;
    default:
      return 1 + chance / 16 % 9;
  }
}

std::string name_of(const Operation& operation) {
  return fmt::format("{}({},{},{})", k_names[static_cast<std::size_t>(operation.kind)], operation.a,
                     operation.b, operation.c);
}

/// nullopt: there is nothing yet that it could be about.
std::optional<Call> resolve(const ModelShop& model, const Operation& operation) {
  const auto [kind, a, b, c] = operation;
  Call call{kind};
  call.quantity = quantity_of(c);
  if (kind == Kind::make_category) {
    call.parent = static_cast<int>(a % (model.categories.size() + 1)) - 1;
    call.text = b % 20 == 0 ? std::string{} : fmt::format("Category {}", b % 12);
    return call;
  }
  if (kind == Kind::make_product) {
    call.text = a % 20 == 0 ? std::string{} : fmt::format("Product {}", a % 24);
    call.quantity = b % 20 == 0 ? -1 : static_cast<std::int64_t>(b % 10'000);
    return call;
  }
  if (kind == Kind::make_cart) call.text = fmt::format("cart {}", a % 64);
  if (kind == Kind::make_cart || kind == Kind::as_guest) return call;
  if (model.products.empty()) return std::nullopt;
  call.product = a % model.products.size();
  if (kind == Kind::adjust && (b & 1U) != 0) call.quantity = -call.quantity;
  if (kind == Kind::receive || kind == Kind::adjust || kind == Kind::read) return call;
  if (kind == Kind::cancel || kind == Kind::give_back || kind == Kind::place_again) {
    if (model.orders.empty()) return std::nullopt;
    call.order = a % model.orders.size();
    const auto& order = model.orders[call.order];
    call.at = b % order.lines.size();
    call.cart = b % 4 == 0 ? c % model.carts.size() : order.cart;
    call.text = kind == Kind::place_again ? order.key : fmt::format("return {}", c % 128);
    call.quantity = kind == Kind::give_back ? 1 + c % 4 : 0;
    return call;
  }
  if (model.carts.empty()) return std::nullopt;
  call.cart = b % model.carts.size();
  call.text = fmt::format("key {}", a % 512);
  const auto& lines = model.carts[call.cart].lines;
  call.line = 77;
  if (!lines.empty() && a % 8 != 0) {
    call.line = std::next(lines.begin(), static_cast<std::ptrdiff_t>(a % lines.size()))->first;
  }
  return call;
}

std::string apply(ModelShop& model, const Call& call) {
  switch (call.kind) {
    case Kind::make_category:
      return model.make_category(call.parent, call.text);
    case Kind::make_product:
      return model.make_product(call.text, call.quantity);
    case Kind::receive:
      return model.receive(call.product, call.quantity);
    case Kind::adjust:
      return model.adjust(call.product, call.quantity);
    case Kind::make_cart:
      return model.make_cart(call.text);
    case Kind::add:
      return model.add(call.cart, call.product, call.quantity, k_new_line);
    case Kind::set_quantity:
      return model.set_quantity(call.cart, call.line, call.quantity);
    case Kind::remove:
      return model.remove(call.cart, call.line);
    case Kind::clear:
      return model.clear(call.cart);
    case Kind::place:
    case Kind::place_again:
      return model.place(call.cart, call.text);
    case Kind::cancel:
      return model.cancel(call.order);
    case Kind::give_back:
      return model.give_back(call.order, call.at, call.quantity, call.text);
    case Kind::as_guest:
      return "unauthenticated";
    default:
      return "ok";
  }
}

/// One shop and its model, living through one sequence.
class Pair {
 public:
  Pair(std::uint64_t seed, bool on_disk, ModelReport* report)
      : report_(report), seed_(seed), on_disk_(on_disk), vfs_("model", disk_), world_(new_world()) {
    open();
  }

  /// What went wrong, if anything did.
  std::optional<std::string> live(const Sequence& sequence) {
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      act(sequence[i]);
      count(sequence, i);
      if (!problem_ && i % 16 == 15) problem_ = difference();
      if (problem_)
        return fmt::format("{} at operation {}: {}", name_of(sequence[i]), i, *problem_);
    }
    disk_.disarm();
    const auto found = world_.shop->verify();
    if (!found.ok()) return found.problems.front().check + ": " + found.problems.front().message;
    return difference();
  }

 private:
  void open() {
    auto options = held_options(world_, seed_);
    if (!on_disk_) {
      world_.shop = Engine::open_memory(options);
      return;
    }
    options.vfs = vfs_.name();
    world_.shop = Engine::open(folder_.shop(), options);
  }

  void reopen() {
    if (!on_disk_) return;
    disk_.disarm();
    world_.shop->close();
    open();
  }

  void count(const Sequence& sequence, std::size_t i) {
    if (report_ == nullptr) return;
    ++report_->operations;
    if (i == 0) return;
    ++report_->pairs[{static_cast<int>(sequence[i - 1].kind), static_cast<int>(sequence[i].kind)}];
  }

  void act(const Operation& operation) {
    if (operation.kind == Kind::move_clock) return move_clock(operation);
    if (operation.kind == Kind::reopen) return reopen();
    if (operation.kind == Kind::fail_disk) return fail_next(operation);
    const auto call = resolve(model_, operation);
    if (!call) return;
    const auto before = model_;
    const auto wanted = apply(model_, *call);
    const auto got = answer(*call);
    const bool failed_disk = disk_.disarm();
    if (report_ != nullptr) ++report_->codes[got];
    if (got == wanted) return;
    if (!failed_disk) {
      problem_ = fmt::format("answered {}, owed {}", got, wanted);
      return;
    }
    after_failure(*call, before, wanted, got);
  }

  std::string answer(const Call& call) {
    try {
      on_shop(call);
      return "ok";
    } catch (const Error& error) {
      return std::string{code_name(error.code())};
    } catch (const std::bad_alloc&) {
      return "no_memory";
    }
  }

  /// The disk failed under the call: it was as if it had not been made, or nobody knows.
  void after_failure(const Call& call, const ModelShop& before, const std::string& wanted,
                     const std::string& got) {
    static const std::set<std::string> storage{"io",        "full",        "busy",
                                               "no_memory", "cannot_open", "uncertain"};
    if (!storage.contains(got)) {
      problem_ = "answered " + got + " when the disk failed";
      return;
    }
    const auto after = model_;
    model_ = before;
    if (got != "uncertain") return;
    reopen();
    if (!difference() || wanted != "ok") return;
    model_ = after;
    learn(call);
    if (const auto differs = difference()) problem_ = "neither as before nor as after: " + *differs;
  }

  void move_clock(const Operation& operation) {
    constexpr std::int64_t k_hour = 3'600'000'000;
    const auto hours = static_cast<std::int64_t>(operation.a % 2000);
    world_.clock->advance(hours * k_hour * (operation.b % 8 == 0 ? -1 : 1));
  }

  void fail_next(const Operation& operation) {
    if (!on_disk_) return;
    const auto faults = all_disk_faults();
    disk_.arm(faults[operation.a % faults.size()], 1 + operation.b % 24, (operation.c & 1U) != 0);
  }

  // The model has made its change already; what is new in it gets its id here.
  void on_shop(const Call& call) {
    auto& shop = *world_.shop;
    const auto host = Session::host();
    switch (call.kind) {
      case Kind::make_category: {
        CategoryInput input{call.text, std::nullopt};
        if (call.parent >= 0) input.parent_id = categories_[static_cast<std::size_t>(call.parent)];
        categories_.push_back(shop.catalog().create_category(host, input).id);
        return;
      }
      case Kind::make_product: {
        ProductInput input;
        input.title = call.text;
        input.simple.price = {call.quantity, "GBP"};
        if (!call.text.empty()) input.simple.sku = call.text;
        model_.products.back().variant =
            shop.catalog().create_product(host, input).variants.front().id;
        return;
      }
      case Kind::receive:
        shop.inventory().receive(host,
                                 {.variant_id = variant(call.product), .quantity = call.quantity});
        return;
      case Kind::adjust:
        shop.inventory().adjust(host,
                                {.variant_id = variant(call.product), .change = call.quantity});
        return;
      case Kind::as_guest:
        shop.catalog().create_category(shop.guest(), {"By a guest", {}});
        return;
      case Kind::read:
        (void)shop.inventory().level(host, variant(call.product));
        return;
      default:
        on_cart_or_order(shop, call);
    }
  }

  void on_cart_or_order(Engine& shop, const Call& call) {
    const auto host = Session::host();
    const auto cart = call.cart < model_.carts.size() ? model_.carts[call.cart].id : 0;
    switch (call.kind) {
      case Kind::make_cart: {
        CartInput input;
        input.name = call.text;
        model_.carts.back().id = shop.cart().create(host, input).id;
        return;
      }
      case Kind::add:
        number_line(
            call, shop.cart().add(host, cart, {variant(call.product), call.quantity, {}}).line_no);
        return;
      case Kind::set_quantity:
        (void)shop.cart().set_quantity(host, cart, call.line, call.quantity);
        return;
      case Kind::remove:
        shop.cart().remove(host, cart, call.line);
        return;
      case Kind::clear:
        shop.cart().clear(host, cart);
        return;
      case Kind::place:
      case Kind::place_again:
        place(shop, cart, call.text);
        return;
      case Kind::cancel:
        (void)shop.orders().cancel(host, model_.orders[call.order].id, "the model said so");
        return;
      case Kind::give_back: {
        ReturnInput input;
        input.idempotency_key = call.text;
        input.lines = {
            {.line_no = static_cast<std::int64_t>(call.at) + 1, .quantity = call.quantity}};
        (void)shop.orders().return_items(host, model_.orders[call.order].id, input);
        return;
      }
      default:
        return;
    }
  }

  void place(Engine& shop, Id cart, const std::string& key) {
    PlaceInput input;
    input.idempotency_key = key;
    input.payments = {{.tender = Tender::cash}};
    const auto placed = shop.orders().place(Session::host(), cart, input);
    for (auto& order : model_.orders) {
      if (order.key == key) order.id = placed.id;
    }
  }

  void number_line(const Call& call, std::int64_t number) {
    auto& lines = model_.carts[call.cart].lines;
    auto found = lines.extract(k_new_line);
    if (found.empty()) return;
    found.key() = number;
    lines.insert(std::move(found));
  }

  [[nodiscard]] Id variant(std::size_t product) const { return model_.products[product].variant; }

  /// The change was made although nobody said so: finds out under which ids.
  void learn(const Call& call) {
    auto& shop = *world_.shop;
    const auto host = Session::host();
    if (call.kind == Kind::make_category) {
      std::optional<Id> parent;
      if (call.parent >= 0) parent = categories_[static_cast<std::size_t>(call.parent)];
      categories_.push_back(shop.catalog().categories(host, parent).back().id);
    } else if (call.kind == Kind::make_product) {
      const auto product = shop.catalog().product_by_sku(host, call.text);
      model_.products.back().variant = product.variants.front().id;
    } else if (call.kind == Kind::make_cart) {
      for (const auto& cart : shop.cart().list(host)) {
        if (cart.name == call.text) model_.carts.back().id = cart.id;
      }
    } else if (call.kind == Kind::add) {
      for (const auto& line : shop.cart().read(host, model_.carts[call.cart].id).lines) {
        if (line.variant_id == variant(call.product)) number_line(call, line.line_no);
      }
    } else if (call.kind == Kind::place) {
      place(shop, model_.carts[call.cart].id, call.text);
    }
  }

  /// In what the shop is not as the model is; nullopt: in nothing.
  std::optional<std::string> difference() {
    auto& shop = *world_.shop;
    const auto host = Session::host();
    disk_.disarm();
    for (const auto& product : model_.products) {
      if (product.variant == 0) return "a product without id";
      const auto there = shop.inventory().level(host, product.variant).on_hand;
      if (there != product.on_hand) {
        return fmt::format("{} on hand, not {}", there, product.on_hand);
      }
    }
    for (const auto& cart : model_.carts) {
      if (cart.id == 0) return "a cart without id";
      if (!cart.open) continue;
      const auto there = shop.cart().read(host, cart.id);
      if (there.lines.size() != cart.lines.size()) return "another number of cart lines";
      for (const auto& line : there.lines) {
        const auto wanted = cart.lines.find(line.line_no);
        if (wanted == cart.lines.end() || wanted->second.quantity != line.quantity) {
          return "another cart line";
        }
      }
    }
    for (const auto& order : model_.orders) {
      if (order.id == 0) return "an order without id";
      const auto there = shop.orders().get(host, order.id);
      if (there.total.minor != order.total || there.refunded.minor != order.refunded ||
          (there.status == OrderStatus::canceled) != order.canceled) {
        return fmt::format("order of {} with {} refunded, not {} with {}", there.total.minor,
                           there.refunded.minor, order.total, order.refunded);
      }
    }
    if (shop.orders().list(host, {}, {.limit = 1, .with_total = true}).total !=
        static_cast<std::int64_t>(model_.orders.size())) {
      return "another number of orders";
    }
    return std::nullopt;
  }

  ModelReport* report_;
  std::uint64_t seed_;
  bool on_disk_;
  FaultDisk disk_;
  ShimVfs vfs_;
  MemoryFolder folder_;
  World world_;
  ModelShop model_;
  std::vector<Id> categories_;
  std::optional<std::string> problem_;
};

std::optional<std::string> live(std::uint64_t seed, bool on_disk, const Sequence& sequence,
                                ModelReport* report) {
  try {
    return Pair{seed, on_disk, report}.live(sequence);
  } catch (const std::exception& error) {
    return std::string{"could not go on: "} + error.what();
  }
}

Sequence make_sequence(std::uint64_t seed, std::int64_t length) {
  std::mt19937 chance{static_cast<std::uint32_t>(seed * 2'654'435'761U + 1)};
  Sequence sequence;
  // Each sequence prefers some kinds: evenly mixed ones never get deep anywhere.
  std::array<std::uint32_t, k_names.size()> weights{};
  for (auto& weight : weights) weight = 1 + chance() % 8;
  std::discrete_distribution<int> kinds{weights.begin(), weights.end()};
  for (std::int64_t i = 0; i < length; ++i) {
    const auto kind = i < 4 ? Kind::make_product : static_cast<Kind>(kinds(chance));
    sequence.push_back({kind, static_cast<std::uint32_t>(chance()),
                        static_cast<std::uint32_t>(chance()),
                        static_cast<std::uint32_t>(chance())});
  }
  return sequence;
}

/// Leaves out what is not needed for the sequence to go wrong.
Sequence shrink(std::uint64_t seed, bool on_disk, Sequence sequence) {
  int tries = 300;
  for (auto part = sequence.size() / 2; part > 0; part /= 2) {
    for (std::size_t at = 0; at + part <= sequence.size() && tries > 0;) {
      auto shorter = sequence;
      const auto begin = shorter.begin() + static_cast<std::ptrdiff_t>(at);
      shorter.erase(begin, begin + static_cast<std::ptrdiff_t>(part));
      --tries;
      if (live(seed, on_disk, shorter, nullptr)) {
        sequence = std::move(shorter);
      } else {
        at += part;
      }
    }
  }
  return sequence;
}

}  // namespace

ModelReport compare_with_model(const ModelOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  ModelReport report;
  report.kinds = static_cast<std::int64_t>(k_names.size());
  for (std::int64_t i = 0; i < options.sequences; ++i) {
    const auto seed = options.seed + static_cast<std::uint64_t>(i);
    const bool on_disk = seed % 2 == 0;
    const auto sequence = make_sequence(seed, options.length);
    ++report.sequences;
    if (const auto problem = live(seed, on_disk, sequence, &report)) {
      ++report.problems;
      if (report.first_problem.empty()) {
        report.first_problem = fmt::format("seed {}: {}\n", seed, *problem);
        const auto shortest = shrink(seed, on_disk, sequence);
        for (const auto& operation : shortest) report.first_problem += name_of(operation) + "\n";
        if (const auto again = live(seed, on_disk, shortest, nullptr)) {
          report.first_problem += *again;
        }
      }
    }
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began;
    if (gone.count() > options.seconds) break;
  }
  return report;
}

void ModelReport::add(const ModelReport& other) {
  sequences += other.sequences;
  operations += other.operations;
  problems += other.problems;
  if (first_problem.empty()) first_problem = other.first_problem;
  for (const auto& [pair, count] : other.pairs) pairs[pair] += count;
  for (const auto& [code, count] : other.codes) codes[code] += count;
  kinds = other.kinds;
}

std::string ModelReport::coverage() const {
  auto text = fmt::format("{} of {} pairs of operations; answers:", pairs.size(), kinds * kinds);
  for (const auto& [code, count] : codes) text += fmt::format(" {} {}", code, count);
  return text;
}

}  // namespace shop::test
