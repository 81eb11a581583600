#pragma once

#include "retail_csv.hpp"
#include "shop/shop.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace retail {

/// A row that was neither sold nor taken back, and why.
struct Skipped {
  int row = 0;
  std::string code;
  std::int64_t amount_minor = 0;
  std::string reason;
};

/// How long the calls of one kind took.
struct CallTimes {
  std::int64_t calls = 0;
  double total_us = 0;
  double slowest_us = 0;
};

struct Outcome {
  std::int64_t rows = 0;
  std::int64_t orders = 0;
  std::int64_t returns = 0;
  std::int64_t customers = 0;
  std::int64_t products = 0;
  std::vector<Skipped> skipped;
  std::map<std::string, CallTimes> times;
  shop::Id sample_order = 0;  ///< an order worth showing
};

/// Plays a year of a real shop into a fresh one, through the public API only: the catalog, the
/// customers, the stock, then each invoice as a cart and an order, each credit note as a return,
/// at its own time.
class Replay {
 public:
  using Progress = std::function<void(std::int64_t done)>;

  Replay(shop::Engine& shop, std::shared_ptr<shop::ManualClock> clock, std::vector<Row> rows);

  /// Invoices and credit notes in the file.
  [[nodiscard]] std::int64_t documents() const {
    return static_cast<std::int64_t>(documents_.size());
  }
  void make_catalog();
  void make_customers(const Progress& progress);
  /// Sells and takes back, in the order of time.
  void walk_the_year(const Progress& progress);

  [[nodiscard]] const Outcome& outcome() const { return outcome_; }

 private:
  struct Document {
    std::int64_t at = 0;
    std::vector<const Row*> rows;
  };
  struct Article {
    shop::Id variant_id = 0;
    std::int64_t price_minor = 0;
  };
  /// Goods of one order line that have not come back yet.
  struct Sold {
    shop::Id order_id = 0;
    std::int64_t line_no = 0;
    std::int64_t left = 0;
  };
  using SoldKey = std::tuple<std::string, std::string, std::int64_t>;  // customer, code, price

  /// Empty: the row is sold or taken back; else why it is not.
  [[nodiscard]] static std::string reason_to_skip(const Row& row);
  void sell(const Document& document);
  void take_back(const Document& document);
  void note_sold(const std::vector<const Row*>& rows, const shop::Order& order);
  void return_against(const Document& document, shop::Id order_id,
                      const std::vector<shop::ReturnLineInput>& lines);
  void return_loose(const Document& document, const std::vector<shop::LooseReturnLineInput>& lines);
  void skip(const Row& row, const std::string& reason);

  template <class F>
  auto timed(const std::string& call, F&& work);

  shop::Engine& shop_;
  shop::Session host_;
  std::shared_ptr<shop::ManualClock> clock_;
  std::vector<Row> rows_;
  std::vector<Document> documents_;  // in the order of time
  std::map<std::string, Article> articles_;
  std::map<std::string, shop::Id> customers_;
  std::map<SoldKey, std::vector<Sold>> sold_;
  Outcome outcome_;
};

}  // namespace retail
