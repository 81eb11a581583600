#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/inventory.hpp"
#include "shop/product.hpp"
#include "shop/session.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

/// What flows and later modules may ask of the stock inside their own transaction.
namespace shop::inventory {

/// What was put aside for a cart until now.
struct Freed {
  Id variant_id = 0;
  std::int64_t quantity = 0;
};

/// Goods that an order's line takes, or gives back.
struct Take {
  Id variant_id = 0;
  std::int64_t quantity = 0;     ///< positive
  std::size_t line = 0;          ///< the order's line, for the error's path
  bool may_go_negative = false;  ///< backorder or preorder: sells what is not there
};

/// Takes everything, or throws Error{out_of_stock} that names every line that is short
/// (`lines[2].quantity`, params `requested`, `available`). Lines of one variant are taken together,
/// variants in ascending order. The goods come from the shop itself when it has them all, else from
/// the first location that has, else from several.
/// What was put aside for the cart and just freed for it (`freed`) makes nothing low that was not.
/// @pre the same variant has the same may_go_negative on all its lines; `order_id` was given out by
/// this or an earlier transaction
void sell(db::Tx& tx, std::span<const Take> takes, Id order_id, const Session& session,
          std::span<const Freed> freed = {});

/// Puts back what an order had taken, to the locations that it came from. Result: the variants, and
/// bundles with them, that were sold out and are not any more; give them to flows::tell_waiting.
std::vector<Id> give_back(db::Tx& tx, std::span<const Take> takes, Id order_id, StockReason reason,
                          const Session& session);

/// on_hand − reserved over all locations; below zero when backorders are owed.
std::int64_t available(db::Tx& tx, Id variant_id);

StockLevel level(db::Tx& tx, Id variant_id);

/// available() of each of several variants, in their order. Cost: a statement for eight of them.
std::vector<std::int64_t> available_of(db::Tx& tx, std::span<const Id> variant_ids);

/// Puts goods aside for a cart until a time, in place of what was put aside for it of this variant
/// before; 0 just frees that. Throws Error{out_of_stock} at `quantity` when less is free.
void reserve(db::Tx& tx, Id cart_id, Id variant_id, std::int64_t quantity, Timestamp expires_at,
             const Session& session);

/// Frees everything that is put aside for a cart: before it is sold, and when it is given up.
/// Variants that were sold out and are not any more are added to `back`, for tell_back.
/// Result: what that was.
std::vector<Freed> release(db::Tx& tx, Id cart_id, const Session& session,
                           std::vector<Id>* back = nullptr);

/// Frees what is put aside of a variant for a cart beyond `most`, and tells who waits for it. What
/// stays is put aside until `expires_at`, as before.
void release_beyond(db::Tx& tx, Id cart_id, Id variant_id, std::int64_t most, Timestamp expires_at,
                    const Session& session);

/// Frees what was put aside of a variant longer than agreed. Result: the variants, it and bundles
/// with it, that were sold out before and are not any more.
std::vector<Id> free_expired(db::Tx& tx, Id variant_id);

/// Tells who waits for those of the variants that can still be sold, once all is taken that will
/// be.
void tell_back(db::Tx& tx, std::span<const Id> variant_ids);

/// The facade's uses that may bring a sold-out variant back, inside a transaction: they add such
/// variants to `back`.
StockLevel receive(db::Tx& tx, const Session& session, const ReceiveInput& input,
                   std::vector<Id>& back);
std::vector<StockLevel> restock(db::Tx& tx, const Session& session,
                                const std::vector<ReceiveInput>& lines, std::vector<Id>& back);
StockLevel adjust(db::Tx& tx, const Session& session, const AdjustInput& input,
                  std::vector<Id>& back);
StockTake close_stock_take(db::Tx& tx, const Session& session, Id stock_take_id,
                           std::vector<Id>& back);
std::int64_t release_expired(db::Tx& tx, const Session& session, std::vector<Id>& back);

/// Receives goods that an import brings with their product, to the shop itself.
void stock_up(db::Tx& tx, const Session& session, Id variant_id, std::int64_t quantity);
/// What is available of each variant of a product, in their order.
std::vector<std::int64_t> stock_of(db::Tx& tx, const Product& product);

/// The stock of a variant with what says when it is low.
struct StockState {
  StockLevel level;
  Id last_movement_id = 0;
  StockThreshold threshold;
};
/// Every variant that ever had stock, by ascending id. Cost: all of them.
std::vector<StockState> all_stock(db::Tx& tx);

/// What moved of a variant since a moment.
struct Moved {
  std::int64_t change = 0;  ///< of what is on hand
  std::int64_t sold = 0;    ///< less what came back
};
/// Cost: the movements since then.
std::unordered_map<Id, Moved> moved_since(db::Tx& tx, Timestamp since);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::inventory
