// A shop's files with bytes changed: it opens, or is refused with a code of its own; reading and
// checking it end, and nothing else happens. The input says how it is opened (one byte: from
// memory, or as a file beside its log), then where a byte changes (3 bytes) and to what.

#include "fuzz/need.hpp"
#include "shop/shop.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

using shop::test::DiskImage;
using shop::test::FileContent;

shop::Engine filled(shop::Engine made) {
  shop::ProductInput input;
  input.title = "Dice";
  input.simple.sku = "DICE";
  input.simple.price.minor = 99;
  made.catalog().create_category(made.host(), {"Toys", {}});
  made.catalog().create_product(made.host(), input);
  return made;
}

/// As somebody who was killed left them: the file, and its log full of changes.
DiskImage sound_files() {
  const shop::test::MemoryFolder folder;
  auto made = filled(shop::Engine::open(folder.shop()));
  auto files = shop::test::read_folder(folder.path());
  std::erase_if(files, [](const auto& file) { return file.first.ends_with("-shm"); });
  return files;
}

void change(FileContent& bytes, const std::uint8_t* data, std::size_t size) {
  for (std::size_t at = 0; at + 4 <= size && !bytes.empty(); at += 4) {
    const auto place = static_cast<std::size_t>(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
    bytes[place % bytes.size()] = static_cast<std::byte>(data[at + 3]);
  }
  if (size % 4 == 1) bytes.resize(bytes.size() / 256 * data[size - 1]);
}

void use(shop::Engine shop) {
  (void)shop.catalog().categories(shop.host(), {});
  (void)shop.catalog().product_by_sku(shop.host(), "DICE");
  (void)shop.verify();
  shop.catalog().create_category(shop.host(), {"Books", {}});
}

template <class F>
void may_be_refused(F&& run) {
  try {
    run();
  } catch (const shop::Error& error) {
    shop::fuzz::need(!error.message().empty(), "a refusal says why");
  } catch (const std::bad_alloc&) {  // a size field that asks for everything
  }
}

void try_memory(const std::uint8_t* data, std::size_t size) {
  static const auto sound = filled(shop::Engine::open_memory()).snapshot();
  auto image = std::make_shared<FileContent>(sound.bytes().begin(), sound.bytes().end());
  change(*image, data, size);
  may_be_refused([&] { use(shop::Engine::from_snapshot(shop::Snapshot{image})); });
}

void try_file(const std::uint8_t* data, std::size_t size, bool of_log) {
  static const auto sound = sound_files();
  static const shop::test::MemoryFolder folder;
  auto files = sound;
  for (auto& [name, bytes] : files) {
    if (name.ends_with("-wal") == of_log) change(bytes, data, size);
  }
  shop::test::write_folder(folder.path(), files);
  may_be_refused([&] { use(shop::Engine::open(folder.shop())); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  if (data[0] % 4 < 2) {
    try_memory(data + 1, size - 1);
  } else {
    try_file(data + 1, size - 1, data[0] % 4 == 3);
  }
  return 0;
}
