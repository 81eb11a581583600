#pragma once

#include "core/crypto.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

/// libsodium's secretstream (XChaCha20-Poly1305): pieces that are sealed one after the other and
/// open in that order only, the last of them marked.
namespace shop::core {

using StreamHead = std::array<std::byte, 24>;

/// What a piece is longer by when it is sealed.
inline constexpr std::size_t stream_overhead = 17;

class StreamSealer {
 public:
  /// Draws the head of the stream, which goes before its pieces.
  StreamSealer(const Key& key, StreamHead& head);
  ~StreamSealer();
  StreamSealer(const StreamSealer&) = delete;
  StreamSealer& operator=(const StreamSealer&) = delete;

  /// Seals a piece into `box`. `context` is authenticated and not stored.
  /// @pre box.size() == plain.size() + stream_overhead
  void seal(Bytes plain, Bytes context, bool last, std::span<std::byte> box);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class StreamOpener {
 public:
  StreamOpener(const Key& key, const StreamHead& head);
  ~StreamOpener();
  StreamOpener(const StreamOpener&) = delete;
  StreamOpener& operator=(const StreamOpener&) = delete;

  enum class Piece { one_of_more, last };
  /// Opens a piece into `plain`; nullopt when it is not the next one of this stream.
  /// @pre plain.size() + stream_overhead == box.size()
  std::optional<Piece> open(Bytes box, Bytes context, std::span<std::byte> plain);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace shop::core
