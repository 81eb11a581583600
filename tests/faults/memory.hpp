#pragma once

#include <cstdint>

namespace shop::test {

/// Whose memory runs out.
enum class Memory { sqlite, cpp };

/// From the nth allocation of this thread on, once or for good, there is none.
void arm_memory(Memory memory, std::int64_t nth, bool lasting);
/// There is memory again. Result: whether an allocation failed since arm_memory.
bool disarm_memory();
/// Allocations of this kind since arm_memory, until now or until disarm_memory.
std::int64_t memory_calls(Memory memory);

/// While it lives, the test itself has memory.
class MemoryForTest {
 public:
  MemoryForTest();
  ~MemoryForTest();
  MemoryForTest(const MemoryForTest&) = delete;
  MemoryForTest& operator=(const MemoryForTest&) = delete;

 private:
  bool armed_;
};

/// What SQLite has allocated now, in bytes.
std::int64_t sqlite_bytes_in_use();

}  // namespace shop::test
