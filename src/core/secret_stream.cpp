#include "core/secret_stream.hpp"

#include "core/raw_bytes.hpp"

#include <sodium.h>

namespace shop::core {

static_assert(sizeof(StreamHead) == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
static_assert(stream_overhead == crypto_secretstream_xchacha20poly1305_ABYTES);

struct StreamSealer::State {
  crypto_secretstream_xchacha20poly1305_state stream;
  ~State() { sodium_memzero(&stream, sizeof stream); }
};
struct StreamOpener::State {
  crypto_secretstream_xchacha20poly1305_state stream;
  ~State() { sodium_memzero(&stream, sizeof stream); }
};

StreamSealer::StreamSealer(const Key& key, StreamHead& head) : state_(std::make_unique<State>()) {
  crypto_secretstream_xchacha20poly1305_init_push(&state_->stream, raw(std::span<std::byte>{head}),
                                                  key.raw());
}
StreamSealer::~StreamSealer() = default;

void StreamSealer::seal(Bytes plain, Bytes context, bool last, std::span<std::byte> box) {
  const unsigned char tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                 : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
  crypto_secretstream_xchacha20poly1305_push(&state_->stream, raw(box), nullptr, raw(plain),
                                             plain.size(), raw(context), context.size(), tag);
}

StreamOpener::StreamOpener(const Key& key, const StreamHead& head)
    : state_(std::make_unique<State>()) {
  crypto_secretstream_xchacha20poly1305_init_pull(&state_->stream, raw(Bytes{head}), key.raw());
}
StreamOpener::~StreamOpener() = default;

std::optional<StreamOpener::Piece> StreamOpener::open(Bytes box, Bytes context,
                                                      std::span<std::byte> plain) {
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->stream, raw(plain), nullptr, &tag,
                                                 raw(box), box.size(), raw(context),
                                                 context.size()) != 0) {
    return std::nullopt;
  }
  return tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL ? Piece::last : Piece::one_of_more;
}

}  // namespace shop::core
