#pragma once

#include "shop/types.hpp"

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
  };
  struct Cart {
    Id id = 0;
    std::string name;
    bool open = true;
    std::map<std::int64_t, Line> lines;  // by line number
  };
  struct Order {
    Id id = 0;
    std::size_t cart = 0;
    std::string key;
    std::vector<Line> lines;
    std::int64_t total = 0;
    std::int64_t refunded = 0;
    bool canceled = false;
    std::set<std::string> returns;  // their keys
  };

  std::string make_category(int parent, const std::string& name);
  std::string make_product(const std::string& title, std::int64_t price);
  std::string set_price(std::size_t product, std::int64_t price);
  std::string receive(std::size_t product, std::int64_t quantity);
  std::string adjust(std::size_t product, std::int64_t change);
  std::string make_cart(const std::string& name);
  std::string add(std::size_t cart, std::size_t product, std::int64_t quantity, std::int64_t line);
  std::string set_quantity(std::size_t cart, std::int64_t line, std::int64_t quantity);
  std::string remove(std::size_t cart, std::int64_t line);
  std::string clear(std::size_t cart);
  std::string place(std::size_t cart, const std::string& key, bool accept_prices);
  std::string cancel(std::size_t order);
  std::string give_back(std::size_t order, std::size_t line, std::int64_t quantity,
                        const std::string& key);

  std::vector<std::string> categories;             ///< their names; the index names them
  std::set<std::pair<int, std::string>> siblings;  ///< parent (−1: the top) and name
  std::vector<Product> products;
  std::set<std::string> titles;
  std::vector<Cart> carts;
  std::vector<Order> orders;
};

}  // namespace shop::test
