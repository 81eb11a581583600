#include "faults/model.hpp"

#include "faults/model_calls.hpp"
#include "faults/story.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"
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

/// A shop before its first operation, with a customer and somebody who has logged out.
struct Start {
  Snapshot shop{nullptr};
  DiskImage files;
  Session customer = Session::host();
  Session ended = Session::host();
};

Start make_start() {
  Start start;
  const MemoryFolder folder;
  auto world = new_world();
  auto shop = Engine::open(folder.shop(), held_options(world));
  NewUserInput ann;
  ann.username = "ann";
  const auto id = shop.accounts().create_user(shop.host(), ann).id;
  start.customer = shop.accounts().log_in_as(shop.host(), id).session;
  start.ended = shop.accounts().log_in_as(shop.host(), id).session;
  shop.accounts().log_out(start.ended);
  start.shop = shop.snapshot();
  shop.close();
  start.files = read_folder(folder.path());
  return start;
}

const Start& the_start() {
  static const Start start = make_start();
  return start;
}

/// One shop and its model, living through one sequence.
class Pair {
 public:
  Pair(std::uint64_t seed, bool on_disk, ModelReport* report)
      : report_(report), seed_(seed), on_disk_(on_disk), vfs_("model", disk_), world_(new_world()) {
    if (on_disk_) write_folder(folder_.path(), start_.files);
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
      world_.shop = Engine::from_snapshot(start_.shop, options);
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
        const auto made = shop.catalog().create_product(host, input);
        model_.products.back().id = made.id;
        model_.products.back().variant = made.variants.front().id;
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
      case Kind::set_price: {
        VariantChange change;
        change.price = Money{call.quantity, "GBP"};
        (void)shop.catalog().update_variant(host, variant(call.product), change);
        return;
      }
      case Kind::archive:
        shop.catalog().archive_product(host, model_.products[call.product].id);
        return;
      case Kind::restore:
        shop.catalog().restore_product(host, model_.products[call.product].id);
        return;
      case Kind::stale_update: {
        ProductChange change;
        change.version = 1'000'000;
        change.brand = "Late";
        (void)shop.catalog().update_product(host, model_.products[call.product].id, change);
        return;
      }
      case Kind::wrong_id:
        shop.inventory().receive(host, {.variant_id = 4711, .quantity = 1});
        return;
      case Kind::as_ended:
        shop.catalog().create_category(start_.ended, {"By somebody who left", {}});
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
      case Kind::bad_coupon:
        shop.cart().add_coupon(host, cart, "NO-SUCH-CODE");
        return;
      case Kind::as_customer:
        as_customer(shop, cart, call);
        return;
      case Kind::place:
      case Kind::place_again:
        place(shop, cart, call.text, call.accept);
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

  /// What others own is not there for them.
  void as_customer(Engine& shop, Id cart, const Call& call) {
    if (call.at == 0) {
      shop.catalog().create_category(start_.customer, {"By a customer", {}});
    } else if (call.at == 1 || model_.orders.empty()) {
      (void)shop.cart().read(start_.customer, cart);
    } else {
      (void)shop.orders().get(start_.customer, model_.orders.back().id);
    }
  }

  void place(Engine& shop, Id cart, const std::string& key, bool accept) {
    PlaceInput input;
    input.idempotency_key = key;
    input.accept_prices = accept;
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
      model_.products.back().id = product.id;
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
      place(shop, model_.carts[call.cart].id, call.text, call.accept);
    }
  }

  /// In what the shop is not as the model is; nullopt: in nothing.
  std::optional<std::string> difference() {
    auto& shop = *world_.shop;
    const auto host = Session::host();
    disk_.disarm();
    for (const auto& product : model_.products) {
      if (product.variant == 0) return "a product without id";
      if (shop.catalog().variant(host, product.variant).price.minor != product.price) {
        return "another price";
      }
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

  const Start& start_ = the_start();
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
  report.kinds = static_cast<std::int64_t>(k_kind_names.size());
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
