#include "transfer/filler.hpp"

#include "catalog/product_store.hpp"
#include "core/text.hpp"

namespace shop::transfer {
namespace {

constexpr std::size_t k_clashing_max = 5'000;

}  // namespace

Filler::Filler(db::Tx& tx, const Session& session, const ImportFile& file, Id seller_id)
    : tx_(&tx), session_(&session), file_(file), seller_id_(seller_id), filling_(tx) {}

void Filler::each(CsvReader& reader, core::FunctionRef<bool(const ReadAhead::Portion&)> go_on,
                  Visit visit) {
  reader.rewind();
  Record header;
  reader.next(header);
  ReadAhead ahead{reader, *file_.columns, tx_->env().currency};
  ReadAhead::Portion portion;
  while (ahead.next(portion)) {
    for (auto& product : portion.products) visit(product);
    if (!go_on(portion)) return;
  }
}

// Their rows are gone then, as if they had never been written.
void Filler::take_out_clashing(ProductSink& sink, Tally& tally) {
  // What such a file adds besides products is not known here.
  if (file_.columns->format() != ProductFormat::simple) throw TooManyClash{};
  const auto ids = filling_.clashing(k_clashing_max + 1);
  if (ids.size() > k_clashing_max) throw TooManyClash{};
  taken_out_ = std::ssize(ids);
  for (const auto id : ids) {
    auto row = *catalog::store::product_by_id(*tx_, id);
    clashing_.insert(row.title_folded);
    tally.products -= 1;
    tally.variants -= row.card.variant_count;
    sink.take_out(std::move(row));
  }
}

void Filler::write(CsvReader& reader, const GoOn& go_on, Tally& tally, FileCounts& counts) {
  ProductSink sink{*tx_, *session_, file_, seller_id_, catalog::Writing::fill};
  const auto read = [&](const ReadAhead::Portion& portion) {
    for (const auto& problem : portion.problems) tally.complain(problem);
    counts = portion.counts;
    return go_on(portion.bytes_read, counts.rows);
  };
  each(reader, read, [&](CheckedProduct& product) { sink.write(product, tally); });
  sink.finish();
  if (!filling_.settle()) {
    take_out_clashing(sink, tally);
    sink.finish();
    if (!filling_.settle()) throw Error(Code::internal, "products clash with nothing");
  }
  if (clashing_.empty()) return;
  ProductSink again{*tx_, *session_, file_, seller_id_, catalog::Writing::fill_rest};
  const auto before_end = [&](const ReadAhead::Portion& portion) {
    return portion.counts.rows < counts.rows;
  };
  each(reader, before_end, [&](CheckedProduct& product) {
    // The others that are refused were told of before.
    if (product.refused || !clashing_.contains(core::fold(product.product.input.title))) return;
    --taken_out_;
    again.write(product, tally);
  });
  if (taken_out_ != 0) throw Error(Code::io, "the file changed while it was read");
  again.finish();
}

}  // namespace shop::transfer
