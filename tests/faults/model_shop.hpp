#pragma once

#include "shop/orders.hpp"
#include "shop/payments.hpp"
#include "shop/types.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace shop::test {

/// What a shop should be, in the simplest way that a program can say it. Its calls answer with the
/// name of the code that the real shop owes, and change what a success changes.
class ModelShop {
 public:
  /// A code that takes so much off, for so many orders.
  static constexpr const char* k_coupon = "MODEL";
  static constexpr std::int64_t k_coupon_amount = 100;
  static constexpr std::int64_t k_coupon_limit = 1;

  struct Product {
    Id id = 0;
    Id variant = 0;
    std::int64_t price = 0;
    std::int64_t on_hand = 0;
    bool on_sale = true;
  };
  struct Line {
    std::size_t product = 0;
    std::int64_t quantity = 0;
    std::int64_t price = 0;  ///< that was seen, or paid
    std::int64_t returned = 0;
    std::int64_t shipped = 0;
  };
  struct Cart {
    Id id = 0;
    std::string name;
    bool open = true;
    bool coupon = false;                 ///< the one that there is was entered
    std::map<std::int64_t, Line> lines;  // by line number
  };
  /// One tender that somebody wants to pay with.
  struct Tendered {
    Tender tender = Tender::cash;
    std::int64_t amount = k_rest;
    bool authorize = false;
    int gift = -1;  ///< which gift card; −1: a code that there is not
    friend bool operator==(const Tendered&, const Tendered&) = default;
  };
  using Plan = std::vector<Tendered>;
  static constexpr std::int64_t k_rest = -1;  ///< all that is left
  struct Payment {
    Tender tender = Tender::cash;
    std::int64_t authorized = 0;
    std::int64_t captured = 0;
    std::int64_t refunded = 0;
    bool voided = false;
    int gift = -1;
  };
  struct Order {
    Id id = 0;
    std::size_t cart = 0;
    int owner = -1;  ///< a person; −1: nobody, at the till
    std::string key;
    Plan plan;
    std::vector<Line> lines;
    std::int64_t total = 0;
    std::int64_t discount = 0;
    std::vector<Payment> payments;
    OrderStatus status = OrderStatus::pending;
    PaymentStatus payment = PaymentStatus::none;
    FulfilmentStatus fulfilment = FulfilmentStatus::none;
    std::map<std::string, std::pair<std::size_t, std::int64_t>> returns;  // by key: what came back
    std::int64_t returned = 0;          ///< what came back was worth
    std::int64_t returns_refunded = 0;  ///< and gave back

    [[nodiscard]] std::int64_t paid() const;
    [[nodiscard]] std::int64_t refunded() const;
    [[nodiscard]] std::int64_t on_hold() const;
    /// All that is to be captured.
    [[nodiscard]] std::int64_t charge() const { return total - returned + returns_refunded; }
    [[nodiscard]] std::int64_t due() const { return std::max<std::int64_t>(0, charge() - paid()); }
  };
  struct Gift {
    Id id = 0;
    std::string code;
    std::int64_t balance = 0;
  };
  struct Person {
    Id id = 0;
    std::string name;
    bool came = false;   ///< has a session …
    bool ended = false;  ///< … that has ended
    bool enabled = true;
    Cart own;  ///< the current cart
    Id wishlist = 0;
    std::set<std::size_t> wishes;
    std::map<std::size_t, std::int64_t> reviews;  ///< stars by product
    std::int64_t points = 0;
  };

  std::string make_category(int parent, const std::string& name);
  std::string make_product(const std::string& title, std::int64_t price);
  std::string set_price(std::size_t product, std::int64_t price);
  std::string receive(std::size_t product, std::int64_t quantity);
  std::string adjust(std::size_t product, std::int64_t change);
  std::string make_cart(const std::string& name);
  std::string add(Cart& cart, std::size_t product, std::int64_t quantity, std::int64_t line);
  std::string set_quantity(std::size_t cart, std::int64_t line, std::int64_t quantity);
  std::string remove(std::size_t cart, std::int64_t line);
  std::string clear(std::size_t cart);
  std::string use_coupon(std::size_t cart);

  // Orders and money. A person's own cart has no number: theirs are known by `owner`.
  std::string place(std::size_t cart, int owner, const std::string& key, const Plan& plan,
                    bool accept_prices);
  std::string cancel(std::size_t order);
  std::string give_back(std::size_t order, std::size_t line, std::int64_t quantity,
                        const std::string& key);
  std::string ship(std::size_t order);
  std::string deliver(std::size_t order);
  std::string pay(std::size_t order, const std::string& key, const Plan& plan);
  std::string capture(std::size_t order, std::size_t payment, const std::string& key,
                      std::int64_t amount);
  std::string refund(std::size_t order, std::size_t payment, const std::string& key,
                     std::int64_t amount);
  std::string give_up(std::size_t order, std::size_t payment);
  std::string issue_gift(const std::string& code, std::int64_t amount);

  // People.
  std::string make_user(const std::string& name);
  std::string wish(std::size_t person, std::size_t product);
  std::string wish_no_more(std::size_t person, std::size_t product);
  std::string wish_to_cart(std::size_t person, std::size_t product, std::int64_t line);
  std::string review(std::size_t person, std::size_t product, std::int64_t stars);
  std::string adjust_points(std::size_t person, std::int64_t change);

  std::vector<std::string> categories;             ///< their names; the index names them
  std::set<std::pair<int, std::string>> siblings;  ///< parent (−1: the top) and name
  std::vector<Product> products;
  std::set<std::string> titles;
  std::vector<Cart> carts;
  std::vector<Order> orders;
  std::vector<Gift> gifts;
  std::int64_t coupon_uses = 0;
  std::vector<Person> people;
  /// What a payment, a capture or a refund of that key was about.
  struct Keyed {
    std::size_t order = 0;
    std::size_t payment = 0;
    std::int64_t minor = 0;
    Plan plan;  ///< of a payment
  };
  std::map<std::string, Keyed> money_keys;

 private:
  std::string check_goods(const Cart& cart, bool accept_prices) const;
  std::string take(Order& order, const Plan& plan, std::int64_t due);
  void give_money(Order& order, std::int64_t minor);
};

}  // namespace shop::test
