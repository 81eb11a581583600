#pragma once

#include "bench/raw_db.hpp"
#include "shop/orders.hpp"

#include <array>
#include <memory>
#include <string>

namespace shop::bench {

/// Somebody who orders: an account that is logged in.
struct Buyer {
  Id account_id = 0;
  Id session_id = 0;
};

struct Wish {
  Id variant_id = 0;
  std::int64_t quantity = 1;
};
using Wishes = std::array<Wish, 3>;

/// Placing an order by hand over libshop's own file: the same checks, the same rows (order, lines,
/// stock and its ledger, payment and books, figures, events, notification, what was bought
/// together), the same result, and no library in between. What libshop appends now and folds every
/// few hundred orders is folded here by libshop's own functions, at the same moments.
class RawOrders {
 public:
  RawOrders(const std::string& path, const char* sync, const char* vfs = nullptr);
  ~RawOrders();

  void fill(const Buyer& buyer, const Wishes& wishes);
  Order place(const Buyer& buyer, const std::string& key);
  /// Puts a thing into the cart, which is started if there is none.
  CartLine add(const Buyer& buyer, const Wish& wish);
  void clear(const Buyer& buyer);
  void begin();
  void commit();

 private:
  struct Statements;
  struct Placing;
  struct IdBlock;
  static IdBlock& block_of(const std::string& path);
  void check_session(const Buyer& buyer);
  std::int64_t next_id(Placing& placing) const;
  void save_ids(const Placing& placing);
  void price(Placing& placing);
  void take_stock(Placing& placing);
  void pay(Placing& placing);
  void write(Placing& placing);
  void tell(Placing& placing);
  void count(const Placing& placing);
  void count_in_library(std::int64_t place);

  struct Library;
  std::string path_;
  std::string vfs_;
  bool full_;
  IdBlock& ids_;
  RawDb db_;
  std::unique_ptr<Statements> sql_;
  std::unique_ptr<Library> library_;
};

}  // namespace shop::bench
