#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "audit/audit.hpp"
#include "catalog/owned.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"
#include "shop/transfer.hpp"
#include "transfer/filler.hpp"
#include "transfer/importer.hpp"

#include <optional>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

// So many products are written at once when bad rows do not matter: enough to make each word's
// place in the index cheap, little enough that others wait a few seconds at most.
constexpr std::size_t k_portion = 20'000;
constexpr std::int64_t k_products_per_report = 500;

// From here on a file is worth taking indexes away for, if the shop has no products yet.
constexpr std::int64_t k_filling_bytes = 256 * 1024;
// Of those that wait in memory to be written at once.
constexpr std::int64_t k_portion_bytes = 16 * 1024 * 1024;

/// Undoes the transaction of a dry run, or of a file with a bad row.
struct KeepNothing {};

/// One import: the file, its columns and where it stands.
class Import {
 public:
  Import(db::Database& db, const Session& session, transfer::ByteSource& source,
         const ImportOptions& options, const std::function<Id(db::Tx&)>& owner,
         std::function<bool(const TransferProgress&)> progress)
      : db_(&db),
        session_(&session),
        owner_(&owner),
        source_(&source),
        options_(&options),
        progress_(std::move(progress)),
        reader_(source) {
    reader_.rewind();
    reader_.detect_delimiter();
    transfer::Record header;
    if (!reader_.next(header)) {
      throw Error(Code::validation, "the file is empty", {{"", "required", "needs a header", {}}});
    }
    columns_.emplace(header, options.format);
    final_newline_ = ends_in_newline();
  }

  ImportReport run() {
    report_.format = columns_->format();
    report_.unknown_columns = columns_->unknown();
    if (source_->size() >= k_filling_bytes && fill()) return std::move(report_);
    if (all_or_nothing()) {
      run_whole();
    } else {
      run_in_portions();
    }
    return std::move(report_);
  }

 private:
  bool ends_in_newline() {
    source_->rewind();
    std::vector<char> buffer(64 * 1024);
    char last = '\n';
    for (auto got = source_->read(buffer.data(), buffer.size()); got > 0;
         got = source_->read(buffer.data(), buffer.size())) {
      last = buffer[got - 1];
    }
    return last == '\n' || last == '\r';
  }

  [[nodiscard]] bool all_or_nothing() const {
    return options_->dry_run || options_->mode == ImportMode::all_or_nothing;
  }

  void start() {
    reader_.rewind();
    transfer::Record header;
    reader_.next(header);
    tally_ = {};
    rows_.emplace(reader_, *columns_, db_->env().currency,
                  [this](const ImportProblem& problem) { tally_.complain(problem); });
  }

  [[nodiscard]] transfer::ImportFile file() const { return {&*columns_, final_newline_}; }

  bool go_on(std::int64_t bytes_done, std::int64_t rows) {
    return progress_({true, bytes_done, source_->size(), rows});
  }
  bool go_on() { return go_on(reader_.bytes_read(), rows_->counts().rows); }

  /// Throws KeepNothing when that is what becomes of a file with so many bad rows.
  void keep_or_not(std::int64_t bad_rows) const {
    if (options_->dry_run || (all_or_nothing() && bad_rows > 0)) throw KeepNothing{};
  }

  void note(db::Tx& tx, const transfer::Tally& tally) {
    const auto what = core::Json{}
                          .begin_object()
                          .field("products", tally.products)
                          .field("variants", tally.variants)
                          .end()
                          .take();
    audit::record(tx, *session_, {"transfer.import_products", "catalog", 0, {}, what});
  }

  void fill_report(bool written, const transfer::FileCounts& counts) {
    report_.rows = counts.rows;
    report_.latin1 = counts.latin1;
    report_.products = tally_.products;
    report_.variants = tally_.variants;
    report_.bad_rows = tally_.bad_rows + counts.bad_rows;
    report_.problems = tally_.first_problems();
    report_.written = written;
  }

  /// The first products of a shop. False: it has some, or the file is not made for it.
  bool fill() {
    bool written = false;
    transfer::FileCounts counts;
    try {
      const bool empty = db_->write([&](db::Tx& tx) {
        if (!catalog::Filling::possible(tx)) return false;
        const auto owner = (*owner_)(tx);
        tally_ = {};  // the function may run twice
        transfer::Filler filler{tx, *session_, file(), owner};
        const auto go = [this](std::int64_t bytes_done, std::int64_t rows) {
          if (go_on(bytes_done, rows)) return true;
          if (all_or_nothing()) throw KeepNothing{};
          stopped_at_ = rows;
          return false;
        };
        filler.write(reader_, go, tally_, counts);
        keep_or_not(tally_.bad_rows + counts.bad_rows);
        filler.finish();
        if (tally_.products > 0) note(tx, tally_);
        return true;
      });
      if (!empty) return false;
      written = tally_.products > 0 || all_or_nothing();
    } catch (const KeepNothing&) {
    } catch (const transfer::TooManyClash&) {
      return false;
    }
    fill_report(written, counts);
    return true;
  }

  void run_whole() {
    bool written = true;
    try {
      db_->write([&](db::Tx& tx) {
        const auto owner = (*owner_)(tx);
        start();  // the function may run twice
        transfer::ProductSink sink{tx, *session_, file(), owner};
        transfer::RowProduct product;
        std::int64_t count = 0;
        for (auto step = rows_->next(product); step != transfer::Step::end;
             step = rows_->next(product)) {
          if (step == transfer::Step::product) {
            auto checked = transfer::check(std::move(product), tx.env().currency);
            sink.write(checked, tally_);
          }
          if (++count % k_products_per_report == 0 && !go_on()) throw KeepNothing{};
        }
        keep_or_not(tally_.bad_rows + rows_->counts().bad_rows);
        sink.finish();
        note(tx, tally_);
      });
    } catch (const KeepNothing&) {
      written = false;
    }
    fill_report(written, rows_->counts());
  }

  /// False at the end of the file.
  bool read_portion(std::vector<transfer::CheckedProduct>& out) {
    out.clear();
    const auto until = reader_.bytes_read() + k_portion_bytes;
    transfer::RowProduct product;
    while (out.size() < k_portion && reader_.bytes_read() < until) {
      if (stopped_at_ && rows_->counts().rows >= *stopped_at_) return false;
      const auto step = rows_->next(product);
      if (step == transfer::Step::end) return false;
      if (step == transfer::Step::bad) continue;
      out.push_back(transfer::check(std::move(product), db_->env().currency));
    }
    return true;
  }

  void run_in_portions() {
    start();
    bool more = true;
    bool written = false;
    std::vector<transfer::CheckedProduct> portion;
    do {
      more = read_portion(portion);
      transfer::Tally portion_tally;
      db_->write([&](db::Tx& tx) {
        const auto owner = (*owner_)(tx);
        portion_tally = {};  // the function may run twice
        transfer::ProductSink sink{tx, *session_, file(), owner};
        for (auto& one : portion) sink.write(one, portion_tally);
        sink.finish();
        if (portion_tally.products > 0) note(tx, portion_tally);
      });
      written = written || portion_tally.products > 0;
      tally_.add(std::move(portion_tally));
      more = more && (stopped_at_ || go_on());
    } while (more);
    fill_report(written, rows_->counts());
  }

  db::Database* db_;
  const Session* session_;
  const std::function<Id(db::Tx&)>* owner_;
  transfer::ByteSource* source_;
  const ImportOptions* options_;
  std::function<bool(const TransferProgress&)> progress_;
  transfer::CsvReader reader_;
  std::optional<transfer::Columns> columns_;
  bool final_newline_ = true;
  std::optional<transfer::ProductRows> rows_;
  transfer::Tally tally_;
  std::optional<std::int64_t> stopped_at_;  // the caller wanted no more than these rows
  ImportReport report_;
};

}  // namespace

ImportReport Transfer::import_from(transfer::ByteSource& source, const ImportOptions& options,
                                   const std::function<Id(db::Tx&)>& owner,
                                   const Session& session) {
  db_->peek([&](db::Tx& tx) { owner(tx); });  // refused before the file is read
  struct Running {
    std::atomic<bool>& flag;
    explicit Running(std::atomic<bool>& which) : flag(which) { flag = true; }
    ~Running() { flag = false; }
  } const running{running_};
  const auto progress = [&](const TransferProgress& now) {
    bytes_done_ = now.bytes_done;
    bytes_total_ = now.bytes_total;
    rows_ = now.rows;
    return !options.progress || options.progress(now);
  };
  Import import{*db_, session, source, options, owner, progress};
  return import.run();
}

namespace {

/// Whose products an import makes.
std::function<Id(db::Tx&)> owner_for(const Session& session, Operation operation,
                                     const ImportOptions& options) {
  return [session, operation, wanted = options.seller_id, dry = options.dry_run](db::Tx& tx) {
    const auto access = catalog::changing_access(authorize(tx, session, operation));
    if (!dry) accounts::require_step_up(tx, session, StepUp::price_import);
    const auto seller = wanted.value_or(access.manager ? 0 : access.seller_id);
    if (!access.may_change(seller)) {
      catalog::refuse_missing("seller_id", "there is no such seller");
    }
    return seller;
  };
}

}  // namespace

ImportReport Transfer::import_products(const Session& session, const std::string& path,
                                       const ImportOptions& options) {
  const auto owner = owner_for(session, Operation::transfer_import_products, options);
  db_->peek([&](db::Tx& tx) { (void)owner(tx); });  // who may not learns nothing about files
  const auto source = transfer::open_file(path);
  return import_from(*source, options, owner, session);
}

ImportReport Transfer::import_products_text(const Session& session, std::string_view csv,
                                            const ImportOptions& options) {
  const auto owner = owner_for(session, Operation::transfer_import_products_text, options);
  const auto source = transfer::from_text(csv);
  return import_from(*source, options, owner, session);
}

TransferProgress Transfer::progress(const Session& session) {
  db_->peek([&](db::Tx& tx) { authorize(tx, session, Operation::transfer_progress); });
  return {running_, bytes_done_, bytes_total_, rows_};
}

}  // namespace shop
