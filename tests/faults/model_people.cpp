#include "faults/model_shop.hpp"

#include <algorithm>

namespace shop::test {
namespace {

constexpr const char* k_revoked = "session_revoked";
constexpr std::int64_t k_most_points = 1'000'000;

}  // namespace

std::string ModelShop::make_user(const std::string& name) {
  if (name.empty()) return "validation";
  const bool taken = std::any_of(people.begin(), people.end(),
                                 [&](const Person& person) { return person.name == name; });
  if (taken) return "already_exists";
  Person person;
  person.name = name;
  people.push_back(person);
  return "ok";
}

std::string ModelShop::wish(std::size_t number, std::size_t product) {
  auto& person = people[number];
  if (person.ended) return k_revoked;
  person.wishes.insert(product);
  return "ok";
}

std::string ModelShop::wish_no_more(std::size_t number, std::size_t product) {
  auto& person = people[number];
  if (person.ended) return k_revoked;
  return person.wishes.erase(product) == 1 ? "ok" : "not_found";
}

std::string ModelShop::wish_to_cart(std::size_t number, std::size_t product, std::int64_t line) {
  auto& person = people[number];
  if (person.ended) return k_revoked;
  if (!person.wishes.contains(product)) return "not_found";
  const auto done = add(person.own, product, 1, line);
  if (done == "ok") person.wishes.erase(product);
  return done;
}

std::string ModelShop::review(std::size_t number, std::size_t product, std::int64_t stars) {
  auto& person = people[number];
  if (person.ended) return k_revoked;
  if (stars < 1 || stars > 5) return "validation";
  const bool had_it = std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
    return order.owner == static_cast<int>(number) && order.status != OrderStatus::canceled &&
           order.fulfilment >= FulfilmentStatus::delivered &&
           std::any_of(order.lines.begin(), order.lines.end(),
                       [&](const Line& line) { return line.product == product; });
  });
  if (!had_it) return "conflict";
  return person.reviews.emplace(product, stars).second ? "ok" : "already_exists";
}

std::string ModelShop::adjust_points(std::size_t number, std::int64_t change) {
  auto& person = people[number];
  if (change == 0 || change > k_most_points || change < -k_most_points) return "validation";
  if (person.points + change < 0) return "insufficient_funds";
  person.points += change;
  return "ok";
}

}  // namespace shop::test
