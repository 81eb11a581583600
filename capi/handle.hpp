#pragma once

#include "shop/error.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace shop::capi {

/// Which of the fork's processes this is: grows in each child, so that handles of the parent are
/// recognised there.
std::uint32_t fork_epoch() noexcept;

[[noreturn]] void throw_bad_handle(const char* what);
[[noreturn]] void throw_forked();

/// Handles in the shape of pointers that are never followed: a marker above every address that a
/// program can have, the kind, a slot and the slot's generation. They stay below 2^53, so that
/// JavaScript can keep them in a number. Looking one up costs two atomic operations; an object
/// lives until the calls that use it have returned, so closing is safe at any time.
template <class T, class Handle, unsigned kind>
class HandleTable {
 public:
  /// Keeps the object alive while a call uses it.
  class Pin {
   public:
    Pin(HandleTable& table, std::uint32_t slot) : table_(&table), slot_(slot) {}
    Pin(Pin&& other) noexcept : table_(std::exchange(other.table_, nullptr)), slot_(other.slot_) {}
    Pin(const Pin&) = delete;
    Pin& operator=(const Pin&) = delete;
    Pin& operator=(Pin&&) = delete;
    ~Pin() {
      if (table_ != nullptr) table_->release(slot_);
    }
    T& operator*() const { return *table_->slot(slot_)->object; }
    T* operator->() const { return &**this; }

   private:
    HandleTable* table_;
    std::uint32_t slot_;
  };

  /// Stores `object` and gives its handle.
  template <class... Args>
  Handle* open(Args&&... args) {
    const std::uint32_t index = take_slot();
    Slot* slot = this->slot(index);
    try {
      slot->object.emplace(std::forward<Args>(args)...);
    } catch (...) {
      const std::lock_guard lock(mutex());
      free_.push_back(index);
      throw;
    }
    slot->epoch = fork_epoch();
    const std::uint64_t generation = slot->state.load(std::memory_order_relaxed) >> 32;
    slot->state.store(generation << 32 | open_bit, std::memory_order_release);
    return encode(index, static_cast<std::uint32_t>(generation));
  }

  /// The object of a live handle; throws bad_handle or forked.
  Pin pin(const Handle* handle, const char* what) {
    const std::optional<std::uint32_t> index = acquire(handle, false);
    if (!index) throw_bad_handle(what);
    return Pin{*this, *index};
  }

  /// The same, without throwing for a handle that is closed.
  std::optional<Pin> try_pin(const Handle* handle) {
    const std::optional<std::uint32_t> index = acquire(handle, false);
    if (!index) return std::nullopt;
    return Pin{*this, *index};
  }

  /// No further call finds the object; it goes when the last one that uses it has returned.
  void close(const Handle* handle, const char* what) {
    const std::optional<std::uint32_t> index = acquire(handle, true);
    if (!index) throw_bad_handle(what);
    release(*index);
  }

  /// In the child of a fork, where another thread may have held the lock.
  void after_fork() { new (&mutex_storage_) std::mutex; }

 private:
  static constexpr std::uint64_t open_bit = std::uint64_t{1} << 31;
  static constexpr std::uint64_t marker = std::uint64_t{1} << 52 | std::uint64_t{kind} << 50;
  static constexpr std::uint32_t generation_mask = (1U << 30) - 1;
  static constexpr std::uint32_t chunk_slots = 1024;
  static constexpr std::uint32_t max_chunks = 1024;

  /// state: generation (32 bits), whether open (1 bit), calls in progress (31 bits)
  struct Slot {
    std::atomic<std::uint64_t> state{std::uint64_t{1} << 32};
    std::uint32_t epoch = 0;
    std::optional<T> object;
  };

  Slot* slot(std::uint32_t index) {
    Slot* chunk = chunks_[index / chunk_slots].load(std::memory_order_acquire);
    return chunk == nullptr ? nullptr : chunk + index % chunk_slots;
  }

  static Handle* encode(std::uint32_t index, std::uint32_t generation) {
    const std::uint64_t value =
        marker | std::uint64_t{index} << 30 | (generation & generation_mask);
    return reinterpret_cast<Handle*>(static_cast<std::uintptr_t>(value));
  }

  std::optional<std::uint32_t> acquire(const Handle* handle, bool to_close) {
    const std::uint64_t value = reinterpret_cast<std::uintptr_t>(handle);
    if ((value & ~((std::uint64_t{1} << 50) - 1)) != marker) return std::nullopt;
    const auto index = static_cast<std::uint32_t>(value >> 30) & (chunk_slots * max_chunks - 1);
    Slot* slot = this->slot(index);
    if (slot == nullptr) return std::nullopt;
    const std::uint64_t generation = value & generation_mask;
    std::uint64_t state = slot->state.load(std::memory_order_acquire);
    std::uint64_t next = 0;
    do {
      const bool open = (state & open_bit) != 0;
      if (!open || ((state >> 32) & generation_mask) != generation) return std::nullopt;
      if (slot->epoch != fork_epoch()) throw_forked();
      next = (to_close ? state & ~open_bit : state) + 1;
    } while (!slot->state.compare_exchange_weak(state, next, std::memory_order_acq_rel));
    return index;
  }

  void release(std::uint32_t index) {
    Slot* slot = this->slot(index);
    const std::uint64_t before = slot->state.fetch_sub(1, std::memory_order_acq_rel);
    const bool last = (before & 0xffffffff) == 1;  // closed, and nobody else inside
    if (!last) return;
    slot->object.reset();
    slot->state.store(((before >> 32) + 1) << 32, std::memory_order_release);
    const std::lock_guard lock(mutex());
    free_.push_back(index);
  }

  std::uint32_t take_slot() {
    const std::lock_guard lock(mutex());
    if (free_.empty()) add_chunk();
    const std::uint32_t index = free_.back();
    free_.pop_back();
    return index;
  }

  void add_chunk() {
    if (chunk_count_ == max_chunks) {
      throw Error(Code::limit_reached, "too many handles are open at once");
    }
    free_.reserve((chunk_count_ + 1) * chunk_slots);
    auto chunk = std::make_unique<Slot[]>(chunk_slots);
    for (std::uint32_t i = chunk_slots; i-- > 0;) free_.push_back(chunk_count_ * chunk_slots + i);
    chunks_[chunk_count_++].store(chunk.release(), std::memory_order_release);
  }

  std::mutex& mutex() { return *reinterpret_cast<std::mutex*>(&mutex_storage_); }

  alignas(std::mutex) std::array<std::byte, sizeof(std::mutex)> mutex_storage_{};
  std::array<std::atomic<Slot*>, max_chunks> chunks_{};
  std::uint32_t chunk_count_ = 0;
  std::vector<std::uint32_t> free_;

 public:
  HandleTable() { after_fork(); }
};

}  // namespace shop::capi
