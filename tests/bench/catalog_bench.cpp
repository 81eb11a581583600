// Catalog and search: reads against hand-written statements on the same file, growth with the
// number of products, import, and the memory of a shop that is being read.

#include "bench/bench.hpp"
#include "bench/c_catalog.hpp"
#include "bench/catalog_generator.hpp"
#include "bench/raw_catalog.hpp"
#include "bench/seed.hpp"
#include "shop/shop.hpp"

#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <string>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shop::bench {
namespace {

const std::map<ProductOrder, const char*>& orders() {
  static const std::map<ProductOrder, const char*> all{{ProductOrder::newest, "newest"},
                                                       {ProductOrder::price_up, "price_up"},
                                                       {ProductOrder::price_down, "price_down"},
                                                       {ProductOrder::best_sold, "best_sold"},
                                                       {ProductOrder::least_sold, "least_sold"},
                                                       {ProductOrder::rating, "rating"},
                                                       {ProductOrder::title, "title"}};
  return all;
}

/// What the workloads ask for, drawn beforehand so that both sides ask the same.
struct Questions {
  std::vector<std::string> slugs;
  std::vector<std::string> barcodes;
  std::vector<std::string> categories;
  std::vector<std::string> prefixes;
  std::vector<std::string> words;
};

Questions draw(RawCatalog& raw, std::int64_t size) {
  Questions out;
  std::mt19937_64 chance{11};
  for (int i = 0; i < 4096; ++i) {
    const auto product =
        generate(static_cast<std::int64_t>(chance() % static_cast<std::uint64_t>(size)));
    out.barcodes.push_back(product.barcode);
    out.slugs.push_back(raw.slug_of_sku(product.sku));
    const auto letters = 2 + chance() % 5;
    // Where fewer titles begin so, libshop goes on to words elsewhere, and the raw side does not.
    const auto prefix = product.title.substr(0, letters);
    if (raw.titles_from(prefix) >= 10) out.prefixes.push_back(prefix);
    out.words.push_back(product.brand);
  }
  out.categories = raw.lower_categories();
  return out;
}

const std::string& pick(const std::vector<std::string>& from, std::int64_t turn) {
  return from[static_cast<std::size_t>(turn * 7919) % from.size()];
}

/// A shop open three ways.
struct Ways {
  Engine& cpp;
  CShop& c;
  RawCatalog& raw;
  std::int64_t size;
};

void run_reads(Report& report, Ways& by) {
  const auto asked = draw(by.raw, by.size);
  const auto guest = by.cpp.guest();
  auto* c_guest = by.c.guest();
  auto& catalog = by.cpp.catalog();
  report.run(
      {.name = "catalog_slug",
       .size = by.size,
       .sides = {{"raw", [&](int, auto t) { by.raw.by_slug(pick(asked.slugs, t)); }},
                 {"libshop_cpp",
                  [&](int, auto t) { catalog.product_by_slug(guest, pick(asked.slugs, t)); }},
                 {"libshop_c", [&](int, auto t) { c_by_slug(c_guest, pick(asked.slugs, t)); }}}});
  report.run(
      {.name = "catalog_barcode",
       .size = by.size,
       .sides = {
           {"raw", [&](int, auto t) { by.raw.by_barcode(pick(asked.barcodes, t)); }},
           {"libshop_cpp",
            [&](int, auto t) { catalog.product_by_barcode(guest, pick(asked.barcodes, t)); }},
           {"libshop_c", [&](int, auto t) { c_by_barcode(c_guest, pick(asked.barcodes, t)); }}}});
  for (const auto& [order, name] : orders()) {
    const auto wanted = order;
    report.run(
        {.name = std::string{"catalog_page_"} + name,
         .size = by.size,
         .sides = {
             {"raw", [&, wanted](int, auto t) { by.raw.page(pick(asked.categories, t), wanted); }},
             {"libshop_cpp",
              [&, wanted](int, auto t) {
                ProductFilter filter;
                filter.category = pick(asked.categories, t);
                catalog.products(guest, filter, wanted, {{}, 20, true});
              }},
             {"libshop_c", [&, wanted](int, auto t) {
                c_page(c_guest, pick(asked.categories, t), static_cast<std::int32_t>(wanted));
              }}}});
  }
}

// Deep in the whole catalog by price: a page costs what the first one costs.
void run_deep_page(Report& report, Ways& by) {
  if (!report.wants("catalog_page_1000")) return;
  const auto guest = by.cpp.guest();
  PageQuery page{{}, 20, false};
  ProductCard last;
  const auto steps = std::min<std::int64_t>(999, by.size / 20 - 2);
  for (std::int64_t i = 0; i < steps; ++i) {
    const auto found = by.cpp.catalog().products(guest, {}, ProductOrder::price_up, page);
    page.cursor = found.next_cursor;
    last = found.items.back();
  }
  report.run({.name = "catalog_page_1000",
              .size = by.size,
              .sides = {{"raw", [&](int, auto) { by.raw.page_after(last.price.minor, last.id); }},
                        {"libshop_cpp", [&](int, auto) {
                           by.cpp.catalog().products(guest, {}, ProductOrder::price_up, page);
                         }}}});
}

SearchQuery filtered(const Questions& asked, std::int64_t turn) {
  SearchQuery query;
  query.text = pick(asked.words, turn) + " ";
  query.uncounted = true;
  query.filter.price_min_minor = 1000;
  query.filter.price_max_minor = 20'000;
  query.filter.category = pick(asked.categories, turn);
  return query;
}

void run_search(Report& report, Ways& by) {
  const auto asked = draw(by.raw, by.size);
  const auto guest = by.cpp.guest();
  auto* c_guest = by.c.guest();
  auto& search = by.cpp.search();
  if (report.wants("search")) by.raw.build_fts();
  report.run({.name = "search_two_filters",
              .size = by.size,
              .sides = {{"raw",
                         [&](int, auto t) {
                           by.raw.search(pick(asked.words, t), pick(asked.categories, t), 1000,
                                         20'000);
                         }},
                        {"libshop_cpp",
                         [&](int, auto t) {
                           search.products(guest, filtered(asked, t), {{}, 20, false});
                         }},
                        {"libshop_c", [&](int, auto t) {
                           c_search(c_guest, pick(asked.words, t) + " ", pick(asked.categories, t),
                                    1000, 20'000);
                         }}}});
  report.run({.name = "search_common_word",
              .size = by.size,
              .sides = {{"raw",
                         [&](int, auto t) {
                           by.raw.search(pick(generator_nouns(), t), {}, 0, 1LL << 40);
                         }},
                        {"libshop_cpp",
                         [&](int, auto t) {
                           SearchQuery query;
                           query.text = pick(generator_nouns(), t) + " ";
                           query.uncounted = true;
                           search.products(guest, query, {{}, 20, false});
                         }},
                        {"libshop_c", [&](int, auto t) {
                           c_search(c_guest, pick(generator_nouns(), t) + " ", {}, 0, 0);
                         }}}});
  report.run({.name = "search_suggest",
              .size = by.size,
              .sides = {{"raw", [&](int, auto t) { by.raw.suggest(pick(asked.prefixes, t)); }},
                        {"libshop_cpp",
                         [&](int, auto t) { search.suggest(guest, pick(asked.prefixes, t), 10); }},
                        {"libshop_c",
                         [&](int, auto t) { c_suggest(c_guest, pick(asked.prefixes, t)); }}}});
}

// ---- Memory --------------------------------------------------------------------------

std::int64_t peak_kib() {
  std::ifstream in{"/proc/self/status"};
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
  }
  return 0;
}

/// Opens the shop and serves 10,000 mixed reads. Result: the peak of this process, KiB.
std::int64_t serve(const std::string& path, std::int64_t size) {
  auto shop = Engine::open(path);
  const auto guest = shop.guest();
  std::mt19937_64 chance{5};
  for (int i = 0; i < 10'000; ++i) {
    const auto number = static_cast<std::int64_t>(chance() % static_cast<std::uint64_t>(size));
    const auto product = generate(number);
    SearchQuery query;
    query.text = product.brand;
    query.uncounted = true;
    switch (i % 5) {
      case 0:
        shop.catalog().product_by_sku(guest, product.sku);
        break;
      case 1:
        shop.catalog().product_by_barcode(guest, product.barcode);
        break;
      case 2:
        shop.catalog().products(guest, {}, static_cast<ProductOrder>(1 + i / 5 % 7), {});
        break;
      case 3:
        shop.search().products(guest, query, {});
        break;
      default:
        shop.search().suggest(guest, product.title.substr(0, 3), 10);
    }
  }
  return peak_kib();
}

/// A process of its own, started while this one is still small, that waits for its shop.
class Reader {
 public:
  Reader() {
    if (::pipe(go_) != 0 || ::pipe(answer_) != 0) return;
    child_ = ::fork();
    if (child_ != 0) return;
    char path[512] = {};
    std::int64_t size = 0;
    if (::read(go_[0], &size, sizeof size) != sizeof size) ::_exit(1);
    if (::read(go_[0], path, sizeof path) <= 0) ::_exit(1);
    const auto peak = serve(path, size);
    ::_exit(::write(answer_[1], &peak, sizeof peak) == sizeof peak ? 0 : 1);
  }
  ~Reader() {
    for (const int end : {go_[0], go_[1], answer_[0], answer_[1]}) ::close(end);
    if (child_ > 0) ::waitpid(child_, nullptr, 0);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::int64_t peak(const std::string& path, std::int64_t size) {
    char buffer[512] = {};
    path.copy(buffer, sizeof buffer - 1);
    std::int64_t out = 0;
    if (::write(go_[1], &size, sizeof size) < 0 || ::write(go_[1], buffer, sizeof buffer) < 0 ||
        ::read(answer_[0], &out, sizeof out) < 0) {
      return 0;
    }
    return out;
  }

 private:
  int go_[2] = {-1, -1};
  int answer_[2] = {-1, -1};
  pid_t child_ = -1;
};

void run(Report& report) {
  std::vector<std::unique_ptr<Reader>> readers;
  for (std::size_t i = 0; i < report.options().sizes.size(); ++i) {
    readers.push_back(std::make_unique<Reader>());
  }
  std::size_t at = 0;
  for (const auto size : report.options().sizes) {
    const auto path = seeded_shop(report, size);
    const auto peak = readers[at++]->peak(path, size);
    Row row{.workload = "memory_kib", .size = size, .side = "libshop_cpp"};
    row.ops_s = static_cast<double>(peak);
    report.add(std::move(row));
    auto cpp = Engine::open(path);
    CShop c{path};
    RawCatalog raw{path, report.options().folder};
    Ways by{cpp, c, raw, size};
    run_reads(report, by);
    run_deep_page(report, by);
    run_search(report, by);
  }
}

const Suite k_suite{"catalog", run};

}  // namespace
}  // namespace shop::bench
