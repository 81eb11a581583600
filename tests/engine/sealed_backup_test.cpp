#include "support/edit_file.hpp"
#include "support/shop_fixture.hpp"

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>
#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

// How a sealed backup is put together: a head, then pieces of this size.
constexpr std::size_t k_head = 88;
constexpr std::size_t k_piece = 64 * 1024 + 17;

OpenOptions keyed(unsigned char key) {
  OpenOptions out;
  out.host_key.assign(32, std::byte{key});
  out.password_preset = PasswordPreset::for_tests;
  return out;
}

struct Sealed {
  TempFolder folder;
  Engine shop = Engine::open(folder.path("shop"), keyed(1));
  std::string backup = folder.path("backup");
  std::string target = folder.path("restored");

  Sealed() {
    shop.catalog().create_category(shop.host(), {"Readable Toys", {}});
    shop.backup_sealed(backup);
  }

  [[nodiscard]] std::size_t files() const {
    const std::filesystem::path path{folder.path("")};
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{path}, {}));
  }
  Code restored(unsigned char key = 1) {
    return code_of([&] { return Engine::restore(backup, target, keyed(key)); });
  }
};

}  // namespace

TEST_CASE_FIXTURE(Sealed, "a sealed backup shows nothing and restores with its host key alone") {
  const auto bytes = read_bytes(backup);
  CHECK(bytes.size() > 4 * k_piece);
  CHECK(bytes.find("Readable") == std::string::npos);
  CHECK(bytes.find("SQLite format") == std::string::npos);
  CHECK(read_bytes(folder.path("shop")).find("SQLite format") == 0);

  const auto before = files();
  CHECK(restored(2) == Code::wrong_host_key);
  CHECK(code_of([&] { return Engine::restore(backup, target); }) == Code::wrong_host_key);
  CHECK(code_of([&] { return Engine::open(backup, keyed(1)); }) == Code::not_a_shop);
  CHECK(code_of([&] { return Engine::restore(folder.path("none"), target, keyed(1)); }) ==
        Code::cannot_open);
  CHECK(code_of([&] {
          shop.backup_sealed(backup);
          return 0;
        }) == Code::already_exists);
  CHECK(code_of([&] {
          shop.backup_sealed(folder.path("no/such/folder"));
          return 0;
        }) == Code::cannot_open);
  CHECK(files() == before);
  CHECK(read_bytes(backup) == bytes);

  {
    auto copy = Engine::restore(backup, target, keyed(1));
    CHECK(copy.catalog().category(copy.guest(), "readable-toys").name == "Readable Toys");
    CHECK(copy.verify().ok());
    CHECK(copy.stats().host_keyed);
  }
  CHECK(restored() == Code::already_exists);
  CHECK(Engine::open(target, keyed(1)).verify().ok());
}

TEST_CASE_FIXTURE(Sealed, "two sealed backups of one shop have nothing in common") {
  shop.backup_sealed(folder.path("again"));
  const auto one = read_bytes(backup);
  const auto two = read_bytes(folder.path("again"));
  REQUIRE(one.size() == two.size());
  std::size_t same = 0;
  for (std::size_t i = k_head; i < one.size(); ++i) same += one[i] == two[i] ? 1U : 0U;
  CHECK(same < one.size() / 200);
}

TEST_CASE_FIXTURE(Sealed, "a sealed backup that was changed, cut or put together is refused") {
  const auto good = read_bytes(backup);
  const auto pieces = (good.size() - k_head + k_piece - 1) / k_piece;
  REQUIRE(pieces >= 5);
  const auto before = files();
  const auto refused = [&](const std::string& bytes, Code expected) {
    write_bytes(backup, bytes);
    const auto code = restored();
    CHECK(code == expected);
    CHECK(files() == before);
  };
  const auto piece = [&](std::size_t i) { return good.substr(k_head + i * k_piece, k_piece); };
  const auto put_together = [&](const std::vector<std::string>& parts) {
    auto out = good.substr(0, k_head);
    for (const auto& part : parts) out += part;
    return out;
  };

  SUBCASE("cut off") {
    for (std::size_t i = 0; i <= pieces; ++i) {
      for (const int beside : {-1, 0, 1}) {
        const auto size = k_head + i * k_piece + static_cast<std::size_t>(beside);
        if (size >= good.size()) continue;
        CAPTURE(size);
        refused(good.substr(0, size), Code::tampered);
      }
    }
    refused(good.substr(0, good.size() - 1), Code::tampered);
    refused(good.substr(0, 20), Code::tampered);
    refused(good.substr(0, 5), Code::not_a_shop);
    refused("", Code::cannot_open);
  }
  SUBCASE("flipped bits") {
    std::minstd_rand random{1};
    std::vector<std::size_t> bits;
    for (std::size_t bit = 64; bit < 8 * k_head; ++bit) bits.push_back(bit);
    for (int i = 0; i < 300; ++i) {
      bits.push_back(
          std::uniform_int_distribution<std::size_t>{8 * k_head, 8 * good.size() - 1}(random));
    }
    for (const auto bit : bits) {
      CAPTURE(bit);
      auto bytes = good;
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
      refused(bytes, Code::tampered);
    }
    auto bytes = good;
    bytes[0] = 'S';
    refused(bytes, Code::not_a_shop);
  }
  SUBCASE("pieces moved, left out, doubled, added") {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < pieces; ++i) all.push_back(piece(i));
    auto moved = all;
    std::swap(moved[1], moved[2]);
    refused(put_together(moved), Code::tampered);
    auto missing = all;
    missing.erase(missing.begin() + 1);
    refused(put_together(missing), Code::tampered);
    auto doubled = all;
    doubled.insert(doubled.begin() + 1, all[1]);
    refused(put_together(doubled), Code::tampered);
    refused(put_together({all.back()}), Code::tampered);
    refused(good + all.back(), Code::tampered);
    refused(good + "x", Code::tampered);
    refused(good + good, Code::tampered);
  }
  SUBCASE("pieces of another backup of the same shop") {
    shop.backup_sealed(folder.path("other"));
    const auto other = read_bytes(folder.path("other"));
    std::filesystem::remove(folder.path("other"));
    refused(good.substr(0, k_head + k_piece) + other.substr(k_head + k_piece), Code::tampered);
    refused(good.substr(0, k_head) + other.substr(k_head), Code::tampered);
  }
  write_bytes(backup, good);
  CHECK(Engine::restore(backup, target, keyed(1)).verify().ok());
}

TEST_CASE("sealing goes on while others write, and leaves no plain copy") {
  const TempFolder folder;
  auto shop = Engine::open(folder.path("shop"), keyed(1));
  std::atomic<bool> stop{false};
  std::thread writer{[&] {
    for (int i = 0; !stop; ++i) {
      shop.catalog().create_category(shop.host(), {"Category " + std::to_string(i), {}});
    }
  }};
  for (int i = 0; i < 3; ++i) {
    const auto number = std::to_string(i);
    shop.backup_sealed(folder.path("sealed" + number));
    const auto copy =
        Engine::restore(folder.path("sealed" + number), folder.path("copy" + number), keyed(1));
  }
  stop = true;
  writer.join();
  for (const auto& file : std::filesystem::directory_iterator{folder.path("")}) {
    CHECK(file.path().filename().string().find("-copy-") == std::string::npos);
  }
  CHECK(Engine::open(folder.path("copy2"), keyed(1)).verify().ok());
}

TEST_CASE("sealed backups of shops in memory, without a key, and after a change of keys") {
  const TempFolder folder;
  auto in_memory = Engine::open_memory(keyed(3));
  in_memory.catalog().create_category(in_memory.host(), {"Toys", {}});
  in_memory.backup_sealed(folder.path("a"));
  in_memory.rotate_host_key(in_memory.host(), keyed(4).host_key);
  in_memory.backup_sealed(folder.path("b"));
  CHECK(Engine::restore(folder.path("a"), folder.path("a3"), keyed(3)).verify().ok());
  CHECK(code_of([&] { return Engine::restore(folder.path("b"), folder.path("b3"), keyed(3)); }) ==
        Code::wrong_host_key);
  CHECK(Engine::restore(folder.path("b"), folder.path("b4"), keyed(4)).verify().ok());

  OpenOptions none;
  none.password_preset = PasswordPreset::for_tests;
  auto unkeyed = Engine::open_memory(none);
  CHECK(code_of([&] {
          unkeyed.backup_sealed(folder.path("c"));
          return 0;
        }) == Code::unsupported);
  CHECK_FALSE(std::filesystem::exists(folder.path("c")));
}

TEST_CASE("a plain backup is restored by the same call, or leaves nothing") {
  const TempFolder folder;
  const auto path = [&](const char* name) { return folder.path(name); };
  {
    auto shop = Engine::open(path("shop"), keyed(1));
    shop.catalog().create_category(shop.host(), {"Toys", {}});
    shop.backup(path("backup"));
  }
  CHECK(code_of([&] { return Engine::restore(path("backup"), path("x"), keyed(2)); }) ==
        Code::wrong_host_key);
  CHECK_FALSE(std::filesystem::exists(path("x")));
  CHECK_FALSE(std::filesystem::exists(path("x") + "-wal"));
  {
    auto copy = Engine::restore(path("backup"), path("x"), keyed(1));
    CHECK(copy.catalog().categories(copy.guest(), {}).size() == 1);
    CHECK(code_of([&] { return Engine::restore(path("backup"), path("x"), keyed(1)); }) ==
          Code::already_exists);
    CHECK(copy.verify().ok());
  }
  auto bytes = read_bytes(path("backup"));
  std::fill(bytes.begin() + 8192, bytes.begin() + 40960, 'x');
  write_bytes(path("backup"), bytes);
  CHECK(code_of([&] { return Engine::restore(path("backup"), path("y"), keyed(1)); }) ==
        Code::corrupt);
  write_bytes(path("backup"), "no shop");
  CHECK(code_of([&] { return Engine::restore(path("backup"), path("y"), keyed(1)); }) ==
        Code::not_a_shop);
  CHECK_FALSE(std::filesystem::exists(path("y")));
}
