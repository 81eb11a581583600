#include "bench/bench.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include <nlohmann/json.hpp>

namespace shop::bench {
namespace {

using Steady = std::chrono::steady_clock;

double microseconds(Steady::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

double quantile(std::vector<double>& values, double q) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::size_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

struct Round {
  std::vector<double> op_us;
  double wall_s = 0;
};

// One thread's share of a round: its turns, or until the time is up.
void work(const Workload& workload, const Side& side, int thread, std::int64_t& turn,
          Steady::time_point end, std::vector<double>& op_us) {
  std::int64_t done = 0;
  auto before = Steady::now();
  do {
    side.op(thread, turn++);
    const auto after = Steady::now();
    op_us.push_back(microseconds(after - before));
    before = after;
    ++done;
  } while (workload.turns == 0 ? before < end : done < workload.turns);
}

template <class F>
void on_each_thread(int threads, F&& work) {
  if (threads == 1) {
    work(0);
    return;
  }
  std::vector<std::thread> all;
  all.reserve(static_cast<std::size_t>(threads));
  for (int t = 0; t < threads; ++t) all.emplace_back([&work, t] { work(t); });
  for (auto& thread : all) thread.join();
}

Round run_round(const Workload& workload, const Side& side, std::vector<std::int64_t>& turns,
                std::int64_t round_ms) {
  if (side.fill) {
    on_each_thread(workload.threads, [&](int t) {
      side.fill(t, turns[static_cast<std::size_t>(t)], workload.turns);
    });
  }
  Round round;
  std::vector<std::vector<double>> parts(static_cast<std::size_t>(workload.threads));
  for (auto& part : parts) part.reserve(static_cast<std::size_t>(workload.turns));
  const auto start = Steady::now();
  const auto end = start + std::chrono::milliseconds{round_ms};
  on_each_thread(workload.threads, [&](int t) {
    const auto i = static_cast<std::size_t>(t);
    work(workload, side, t, turns[i], end, parts[i]);
  });
  round.wall_s = std::chrono::duration<double>(Steady::now() - start).count();
  for (const auto& part : parts) {
    round.op_us.insert(round.op_us.end(), part.begin(), part.end());
  }
  return round;
}

void print(const Row& row) {
  std::printf("| %s | %lld | %s | %d | %s | %.0f | %.2f | %.2f | %.3f |\n", row.workload.c_str(),
              static_cast<long long>(row.size), row.sync.c_str(), row.threads, row.side.c_str(),
              row.ops_s, row.p50_us, row.p99_us, row.ratio);
  std::fflush(stdout);
}

struct SideFigures {
  std::vector<double> all_us;
  std::vector<double> medians;
  std::vector<double> per_op_s;
};

}  // namespace

bool Report::wants(const std::string& name) const {
  // A suite asks by the beginning of its workloads' names.
  return options_.filter.empty() || name.find(options_.filter) != std::string::npos ||
         options_.filter.find(name) != std::string::npos;
}

void Report::run(const Workload& workload) {
  if (!wants(workload.name)) return;
  if (!options_.sync.empty() && options_.sync != workload.sync) return;
  if (options_.threads != 0 && options_.threads != workload.threads) return;
  const auto sides = workload.sides.size();
  std::vector<SideFigures> figures(sides);
  std::vector<std::vector<std::int64_t>> turns(
      sides, std::vector<std::int64_t>(static_cast<std::size_t>(workload.threads), 0));
  const auto began = Steady::now();
  for (int round = -1; round < options_.rounds; ++round) {  // the first warms up
    // On a slow or busy disk a few rounds have to do.
    if (round >= 3 && Steady::now() - began > std::chrono::milliseconds{options_.most_ms}) break;
    for (std::size_t k = 0; k < sides; ++k) {
      // Who goes first alternates, so that neither side always meets the other's warm cache.
      const auto i = round % 2 == 0 ? k : sides - 1 - k;
      auto result = run_round(workload, workload.sides[i], turns[i], options_.round_ms);
      if (round < 0) continue;
      auto& figure = figures[i];
      figure.per_op_s.push_back(result.wall_s / static_cast<double>(result.op_us.size()));
      figure.all_us.insert(figure.all_us.end(), result.op_us.begin(), result.op_us.end());
      figure.medians.push_back(quantile(result.op_us, 0.5));
    }
  }
  for (std::size_t i = 0; i < sides; ++i) {
    std::vector<double> ratios;
    for (std::size_t round = 0; round < figures[i].medians.size(); ++round) {
      // With several threads the time of a call is mostly waiting: compare throughput.
      ratios.push_back(workload.threads == 1
                           ? figures[i].medians[round] / figures[0].medians[round]
                           : figures[i].per_op_s[round] / figures[0].per_op_s[round]);
    }
    auto seconds = figures[i].per_op_s;
    Row row{workload.name, workload.size, workload.sync, workload.threads, workload.sides[i].name};
    row.ops_s = 1 / quantile(seconds, 0.5);
    row.p50_us = quantile(figures[i].all_us, 0.5);
    row.p99_us = quantile(figures[i].all_us, 0.99);
    row.ratio = quantile(ratios, 0.5);
    add(std::move(row));
  }
}

void Report::add(Row row) {
  if (rows_.empty()) {
    std::printf("| workload | size | sync | threads | side | ops/s | p50 µs | p99 µs | ratio |\n");
    std::printf("|---|---:|---|---:|---|---:|---:|---:|---:|\n");
  }
  print(row);
  rows_.push_back(std::move(row));
}

void Report::write_json() const {
  if (options_.json.empty()) return;
  auto out = nlohmann::ordered_json::array();
  for (const auto& row : rows_) {
    out.push_back({{"workload", row.workload},
                   {"size", row.size},
                   {"sync", row.sync},
                   {"threads", row.threads},
                   {"side", row.side},
                   {"ops_s", row.ops_s},
                   {"p50_us", row.p50_us},
                   {"p99_us", row.p99_us},
                   {"ratio", row.ratio}});
  }
  auto* file = std::fopen(options_.json.c_str(), "w");
  if (file == nullptr) return;
  const auto text = out.dump(1);
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
}

namespace {

std::vector<const Suite*>& suites() {
  static std::vector<const Suite*> all;
  return all;
}

}  // namespace

Suite::Suite(const char* name, Function function) : name_(name), function_(function) {
  suites().push_back(this);
}

const std::vector<const Suite*>& Suite::all() {
  return suites();
}

}  // namespace shop::bench
