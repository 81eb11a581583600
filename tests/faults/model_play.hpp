#pragma once

#include "faults/model_calls.hpp"
#include "shop/shop.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shop::test {

/// Who is there before the first operation.
struct ModelSessions {
  Session customer = Session::host();
  Session ended = Session::host();
  Id promotion = 0;  ///< whose code ModelShop::k_coupon is
};

/// Makes on a shop the calls that were made on its model, and compares the two.
class ModelPlay {
 public:
  ModelPlay(ModelShop& model, const ModelSessions& sessions) : model_(model), others_(sessions) {}

  /// The model has made its change already; what is new in it gets its id here.
  void make(Engine& shop, const Call& call);
  /// The change was made although nobody said so: finds out under which ids.
  void learn(Engine& shop, const Call& call);
  /// In what the shop is not as the model is; nullopt: in nothing.
  std::optional<std::string> difference(Engine& shop, bool with_people);

 private:
  void on_goods(Engine& shop, const Call& call);
  void on_cart(Engine& shop, const Call& call);
  void on_order(Engine& shop, const Call& call);
  void on_money(Engine& shop, const Call& call);
  void on_person(Engine& shop, const Call& call);
  void log_in(Engine& shop, const Call& call);
  void as_customer(Engine& shop, const Call& call);
  void place(Engine& shop, const Session& session, Id cart, int owner, const Call& call);
  static void number_line(ModelShop::Cart& cart, std::int64_t number);
  [[nodiscard]] std::vector<PaymentInput> payments(const ModelShop::Plan& plan) const;
  [[nodiscard]] Id variant(std::size_t product) const { return model_.products[product].variant; }
  [[nodiscard]] Id order_id(const Call& call) const { return model_.orders[call.order].id; }

  std::optional<std::string> other_goods(Engine& shop) const;
  std::optional<std::string> other_carts(Engine& shop) const;
  std::optional<std::string> other_orders(Engine& shop) const;
  std::optional<std::string> other_person(Engine& shop, std::size_t number) const;

  ModelShop& model_;
  const ModelSessions& others_;
  std::vector<Id> categories_;
  std::map<std::size_t, Session> sessions_;  // of the model's people
};

}  // namespace shop::test
