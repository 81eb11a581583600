#include "faults/memory.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

#include <sqlite3.h>

namespace shop::test {
namespace {

struct Countdown {
  bool armed = false;
  bool lasting = false;
  bool fired = false;
  Memory memory = Memory::cpp;
  std::int64_t left = 0;
  std::int64_t calls_of_sqlite = 0;
  std::int64_t calls_of_cpp = 0;
};

thread_local Countdown t_countdown;

bool is_gone(Memory memory) {
  auto& countdown = t_countdown;
  if (!countdown.armed) return false;
  ++(memory == Memory::sqlite ? countdown.calls_of_sqlite : countdown.calls_of_cpp);
  if (countdown.memory != memory) return false;
  const auto left = --countdown.left;
  if (left > 0 || (left < 0 && !countdown.lasting)) return false;
  countdown.fired = true;
  return true;
}

sqlite3_mem_methods g_system;

void* sqlite_malloc(int size) {
  return is_gone(Memory::sqlite) ? nullptr : g_system.xMalloc(size);
}
void* sqlite_realloc(void* block, int size) {
  return is_gone(Memory::sqlite) ? nullptr : g_system.xRealloc(block, size);
}

// Before main, as SQLite takes its allocator only before its first use.
[[maybe_unused]] const int g_configured = [] {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &g_system);
  auto mine = g_system;
  mine.xMalloc = sqlite_malloc;
  mine.xRealloc = sqlite_realloc;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &mine);
}();

}  // namespace

void arm_memory(Memory memory, std::int64_t nth, bool lasting) {
  t_countdown = {true, lasting, false, memory, nth, 0, 0};
}

bool disarm_memory() {
  t_countdown.armed = false;
  return t_countdown.fired;
}

std::int64_t memory_calls(Memory memory) {
  return memory == Memory::sqlite ? t_countdown.calls_of_sqlite : t_countdown.calls_of_cpp;
}

MemoryForTest::MemoryForTest() : armed_(t_countdown.armed) {
  t_countdown.armed = false;
}

MemoryForTest::~MemoryForTest() {
  t_countdown.armed = armed_;
}

std::int64_t sqlite_bytes_in_use() {
  return sqlite3_memory_used();
}

}  // namespace shop::test

// The thread sanitizer's own operators cannot be replaced: there C++ never runs out of memory.
#if defined(__SANITIZE_THREAD__)
#define SHOP_OPERATOR_NEW_IS_TAKEN
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SHOP_OPERATOR_NEW_IS_TAKEN
#endif
#endif

#ifndef SHOP_OPERATOR_NEW_IS_TAKEN

namespace {

void* allocate(std::size_t size, std::size_t alignment) noexcept {
  if (shop::test::is_gone(shop::test::Memory::cpp)) return nullptr;
  if (alignment == 0) return std::malloc(size == 0 ? 1 : size);
  return std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void* allocate_or_throw(std::size_t size, std::size_t alignment) {
  void* block = allocate(size, alignment);
  if (block == nullptr) throw std::bad_alloc{};
  return block;
}

}  // namespace

// The library's own allocations, and those of the standard library within it. The forms for arrays
// call these.
void* operator new(std::size_t size) {
  return allocate_or_throw(size, 0);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
// libstdc++'s sorting asks for memory in this way; a sanitizer's own would not go with our delete.
void* operator new(std::size_t size, const std::nothrow_t& /*nothrow*/) noexcept {
  return allocate(size, 0);
}
void operator delete(void* block) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t /*size*/) noexcept {
  std::free(block);
}
void operator delete(void* block, std::align_val_t /*alignment*/) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  std::free(block);
}

#endif
