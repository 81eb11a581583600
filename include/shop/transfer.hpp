#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::db {
class Database;
class Tx;
}  // namespace shop::db

namespace shop::catalog {
struct Access;
}

namespace shop::transfer {
class ByteSource;
class Sink;
}  // namespace shop::transfer

namespace shop {

/// The columns of a product file. @since 1.0
enum class ProductFormat : std::int32_t {
  automatic = 1,  ///< by its header
  shopify = 2,    ///< what Shopify imports and exports: variants and pictures as further rows
  simple = 3,     ///< a row per product, see docs/cookbook/transfer.md
};

/// What happens to the good rows of a file with bad ones. @since 1.0
enum class ImportMode : std::int32_t {
  all_or_nothing = 1,  ///< one transaction; a single bad row and nothing is written
  /// The good ones are written, 20,000 at a time. A file of 256 KiB or more into a shop without
  /// products is written in one transaction, which others that write wait for.
  good_rows = 2,
};

/// How far a transfer is. @since 1.0
struct TransferProgress {
  bool running = false;
  std::int64_t bytes_done = 0;
  std::int64_t bytes_total = 0;
  std::int64_t rows = 0;
};

/// How to import. @since 1.0
struct ImportOptions {
  ProductFormat format = ProductFormat::automatic;
  ImportMode mode = ImportMode::all_or_nothing;
  bool dry_run = false;         ///< do everything but keep nothing
  std::optional<Id> seller_id;  ///< whose products they become; absent: as create_product
  /// Called now and then, by the thread that writes at the moment, which may be another caller's;
  /// must not use the shop. False stops the import, as if the rest of the file were missing
  /// (good_rows) or everything bad (all_or_nothing).
  std::function<bool(const TransferProgress&)> progress;
};

/// Why a row was not imported. @since 1.0
struct ImportProblem {
  std::int64_t row = 0;   ///< record of the file, the header is 1
  std::int64_t line = 0;  ///< line of the file where the record begins
  std::string column;     ///< empty: the whole row
  std::string code;       ///< e.g. `required`, `taken`, `too_long`
  std::string reason;
};

/// What an import did, or would have done. @since 1.0
struct ImportReport {
  std::int64_t rows = 0;      ///< records read, without the header
  std::int64_t products = 0;  ///< made
  std::int64_t variants = 0;
  std::int64_t bad_rows = 0;
  bool written = false;  ///< false after a dry run, or when nothing was kept
  ProductFormat format = ProductFormat::automatic;
  bool latin1 = false;  ///< fields that were not UTF-8 were read as Windows-1252
  std::vector<std::string> unknown_columns;
  std::vector<ImportProblem> problems;  ///< the first 1,000
};

/// How to import order lines. @since 1.0
struct OrderImportOptions {
  ImportMode mode = ImportMode::all_or_nothing;
  bool dry_run = false;  ///< do everything but keep nothing
};

/// What an import of order lines did, or would have done. @since 1.0
struct OrderImportReport {
  std::int64_t rows = 0;    ///< records read, without the header
  std::int64_t orders = 0;  ///< made
  std::int64_t lines = 0;
  std::int64_t known = 0;  ///< orders that an earlier import had made
  std::int64_t bad_rows = 0;
  bool written = false;                 ///< false after a dry run, or when nothing was kept
  std::vector<ImportProblem> problems;  ///< the first 1,000
};

/// Import and export. Reached by Engine::transfer(); may be used from any thread. Memory does not
/// grow with the files. @since 1.0
class Transfer {
 public:
  explicit Transfer(db::Database& db) : db_(&db) {}

  /// Imports products from a CSV file: RFC 4180 with CRLF or LF, quotes and line breaks in fields,
  /// a byte order mark, comma, semicolon or tab. Throws Error: `cannot_open`, `io`, `validation`
  /// (no header, columns missing or there twice, UTF-16), `forbidden`. @since 1.0
  ImportReport import_products(const Session& session, const std::string& path,
                               const ImportOptions& options);
  /// The same from memory.
  ImportReport import_products_text(const Session& session, std::string_view csv,
                                    const ImportOptions& options);

  /// Writes all products to a new file. What was imported in Shopify's format and not changed since
  /// comes out as it went in. Result: rows written. Throws Error: `already_exists`, `cannot_open`,
  /// `full`, `io`, `forbidden`. @since 1.0
  std::int64_t export_products(const Session& session, const std::string& path,
                               ProductFormat format);
  /// The same as text.
  std::string export_products_text(const Session& session, ProductFormat format);

  /// Imports orders of another system from a CSV file with a row per line: `order`, `placed_at`
  /// (`2026-01-05T10:00:00Z`), `sku`, `quantity`, `unit_price`; if wanted `discount`, `country`,
  /// `region`, `tax` (as the shop has it), `customer` (name or e-mail), `returned` (units),
  /// `summary` (`canceled`: no figure counts it). Rows of one order stand together. They become
  /// paid, delivered orders: figures count them, stock does not; one known stays as it is. Throws
  /// Error: `cannot_open`, `io`, `validation` (header), `forbidden`, `step_up_required`. @since 1.0
  OrderImportReport import_order_lines(const Session& session, const std::string& path,
                                       const OrderImportOptions& options);
  /// The same from memory.
  OrderImportReport import_order_lines_text(const Session& session, std::string_view csv,
                                            const OrderImportOptions& options);
  /// Writes every order with a row per line to a new file, oldest first; the first columns are
  /// those of the import. Result: rows written. Throws Error: `already_exists`, `cannot_open`,
  /// `full`, `io`, `forbidden`, `step_up_required`. @since 1.0
  std::int64_t export_order_lines(const Session& session, const std::string& path);
  /// The same as text.
  std::string export_order_lines_text(const Session& session);

  /// Writes the whole shop as JSON lines to a new file, for reading elsewhere and for load_shop. It
  /// has everything, password hashes too: keep it like the shop itself. @since 1.0
  std::int64_t dump_shop(const Session& session, const std::string& path);
  /// For the host: fills a shop that has nothing yet, no accounts either, from a whole dump of the
  /// same schema. The dump brings its own keys and settings:
  /// until the shop is closed and opened again, with the host key of the shop that was dumped, it
  /// can be read, and every change gets `wrong_host_key`; a shop in memory is gone on with in a
  /// fork. Result: rows read. Throws Error: `not_empty`, `schema_older`, `schema_newer`,
  /// `currency_mismatch`, `wrong_host_key` (something was loaded already), `step_up_required`,
  /// `validation`, `cannot_open`, `io`. @since 1.0
  std::int64_t load_shop(const Session& session, const std::string& path);

  /// How far the running transfer is; ask from another thread. @since 1.0
  TransferProgress progress(const Session& session);

 private:
  ImportReport import_from(transfer::ByteSource& source, const ImportOptions& options,
                           const std::function<Id(db::Tx&)>& owner, const Session& session);
  std::int64_t export_to(transfer::Sink& sink, ProductFormat format,
                         const std::function<catalog::Access(db::Tx&)>& access);

  db::Database* db_;
  std::atomic<bool> running_{false};
  std::atomic<std::int64_t> bytes_done_{0};
  std::atomic<std::int64_t> bytes_total_{0};
  std::atomic<std::int64_t> rows_{0};
};

}  // namespace shop
