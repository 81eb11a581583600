#include "faults/known_states.hpp"

#include "faults/story.hpp"

#include <cstddef>
#include <vector>

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::test;

namespace {

/// A shop as somebody left it who was killed: the file, and a log with what is newer.
DiskImage some_disk() {
  const MemoryFolder folder;
  auto world = new_world();
  auto shop = Engine::open(folder.shop(), held_options(world));
  shop.catalog().create_category(shop.host(), {"Toys", {}});
  shop.checkpoint();
  shop.catalog().create_category(shop.host(), {"Books", {}});
  return read_folder(folder.path());
}

const Verdict& verdict(KnownStates& known, const DiskImage& disk, bool in_full = false) {
  return known.verdict([&disk] { return disk; }, in_full);
}

}  // namespace

TEST_CASE("a fingerprint differs when any bit does, and when the length does") {
  for (const std::size_t size : {1U, 7U, 8U, 31U, 32U, 33U, 100U}) {
    std::vector<std::byte> bytes(size, std::byte{0x5A});
    const auto print = fingerprint_of(bytes);
    for (std::size_t bit = 0; bit < size * 8; ++bit) {
      CAPTURE(size);
      CAPTURE(bit);
      const auto flip = std::byte{static_cast<unsigned char>(1U << bit % 8)};
      bytes[bit / 8] ^= flip;
      const auto other = fingerprint_of(bytes);
      CHECK(other.high != print.high);
      CHECK(other.low != print.low);
      bytes[bit / 8] ^= flip;
    }
    CHECK(fingerprint_of(bytes) == print);
    bytes.push_back(std::byte{0});
    CHECK(fingerprint_of(bytes) != print);
  }
  const auto one = fingerprint_of(std::vector<std::byte>(1));
  const auto two = fingerprint_of(std::vector<std::byte>(2));
  CHECK(both(one, two) != both(two, one));
}

TEST_CASE("disks that hold the same pages are one state, and a log that goes on is another disk") {
  KnownStates known;
  auto disk = some_disk();
  const auto state = verdict(known, disk).state;
  CHECK(verdict(known, disk).problem.empty());
  // What a cut left behind the last commit is not recovered.
  auto& log = disk.at("a.shop-wal");
  log.insert(log.end(), 5000, std::byte{0x11});
  CHECK(verdict(known, disk).state == state);
  CHECK(known.disks() == 2);
  CHECK(known.states() == 1);
  CHECK(known.opened() == 1);
  CHECK(verdict(known, disk, true).problem.empty());
  CHECK(known.opened() == 2);
}

TEST_CASE("a disk without its last commit is another state, and so is one with a changed page") {
  KnownStates known;
  const auto disk = some_disk();
  const auto state = verdict(known, disk).state;
  auto without_log = disk;
  without_log.erase("a.shop-wal");
  CHECK(verdict(known, without_log).problem.empty());
  CHECK(verdict(known, without_log).state != state);
  CHECK(known.states() == 2);
  // A page that the log does not have anew.
  auto broken = disk;
  auto& file = broken.at("a.shop");
  for (std::size_t at = file.size() / 2; at < file.size() / 2 + 4096; ++at) {
    file[at] ^= std::byte{0xFF};
  }
  CHECK_FALSE(verdict(known, broken).problem.empty());
  CHECK(known.states() == 3);
  // What is no database, or another's, is for the library to refuse.
  auto foreign = disk;
  foreign.at("a.shop")[0] = std::byte{'X'};
  CHECK(verdict(known, foreign).refused);
  CHECK(verdict(known, disk).state == state);
}
