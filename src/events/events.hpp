#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/events.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The transactional outbox: an event exists if and only if the change that it tells of does. The
/// facade, which needs the guard, is src/flows/event_outbox.cpp.
namespace shop::events {

/// An event to be written.
struct NewEvent {
  std::string_view type;       ///< one of the types of types.cpp
  std::string_view aggregate;  ///< what it is about, e.g. `order`; events are ordered per object
  Id aggregate_id = 0;
  std::string_view payload;  ///< a JSON object that follows the type's schema
};

/// Appends an event in the transaction of its change: one row at the end of one table.
void append(db::Tx& tx, const NewEvent& event);

/// Empties what people wrote, and what is sealed for them, in the kept events of one thing; ids,
/// types and order stay. For a person who is being erased.
void redact(db::Tx& tx, std::string_view aggregate, Id aggregate_id);

/// A row of the registry of types (types.cpp).
struct TypeRow {
  std::string_view type;
  std::int64_t version;
  std::string_view aggregate;
  std::string_view fields;
  std::string_view meaning;
};

std::span<const TypeRow> types() noexcept;
const TypeRow* find_type(std::string_view type) noexcept;

/// What is wrong with a payload under a schema; nullopt when it follows it.
std::optional<std::string> payload_problem(std::string_view fields, std::string_view payload);

/// The payload with nothing in what people write (title, body, reason, name) and in `sealed`.
std::string without_words(std::string_view payload);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::events
