#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// The frame of shop_bench: each workload is run by several sides in alternating rounds, and each
/// side's figures are given with its ratio to the baseline of the same rounds. Machines are noisy;
/// ratios within one run are not.
namespace shop::bench {

struct Options {
  bool quick = false;               ///< sizes 1,000 and 100,000 and short rounds
  std::string json;                 ///< file for the rows, besides the table
  std::string filter;               ///< only workloads whose name has this in it
  std::vector<std::int64_t> sizes;  ///< products in the shop
  std::string sync;                 ///< only workloads with this; empty: all
  int threads = 0;                  ///< only workloads with so many callers; 0: all
  std::int64_t round_ms = 40;
  int rounds = 11;
  std::int64_t most_ms = 20'000;  ///< of a workload; then three rounds are enough
  std::string folder;             ///< for the files of the run; removed afterwards
  std::string keep;               ///< a folder for shops that take long to make; may be empty
};

/// One way to do the work. `op(thread, turn)` does it once; turns count up within a thread.
struct Side {
  std::string name;  ///< raw | raw_bare | libshop_cpp | libshop_c
  std::function<void(int thread, std::int64_t turn)> op;
  /// Prepares `count` turns of a thread from `first` on, before a round and outside its time.
  std::function<void(int thread, std::int64_t first, std::int64_t count)> fill = nullptr;
};

struct Workload {
  std::string name;
  std::int64_t size = 0;
  std::string sync;  ///< FULL, NORMAL or empty where nothing is written
  int threads = 1;
  std::vector<Side> sides;  ///< the first is the baseline
  std::int64_t turns = 0;   ///< in a round, of each thread; 0: as many as the time allows
};

struct Row {
  std::string workload;
  std::int64_t size = 0;
  std::string sync;
  int threads = 1;
  std::string side;
  double ops_s = 0;
  double p50_us = 0;
  double p99_us = 0;
  double ratio = 0;  ///< time over the baseline's time, median over rounds; 1 for the baseline
};

class Report {
 public:
  explicit Report(const Options& options) : options_(options) {}
  /// Runs the workload, unless the filter leaves it out, and prints its rows.
  void run(const Workload& workload);
  /// A row that was measured otherwise (sizes, memory, start-up).
  void add(Row row);
  [[nodiscard]] bool wants(const std::string& name) const;
  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  void write_json() const;

 private:
  const Options& options_;
  std::vector<Row> rows_;
};

/// A suite adds its workloads; define one per file with `const Suite k_name{"name", fn};`.
class Suite {
 public:
  using Function = void (*)(Report&);
  Suite(const char* name, Function function);
  static const std::vector<const Suite*>& all();
  [[nodiscard]] const char* name() const { return name_; }
  void run(Report& report) const { function_(report); }

 private:
  const char* name_;
  Function function_;
};

}  // namespace shop::bench
