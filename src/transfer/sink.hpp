#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace shop::transfer {

/// Where an export goes.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void write(std::string_view bytes) = 0;
  /// Makes it last. Throws Error: `io`, `full`.
  virtual void finish() {}
};

/// A new file that only its owner may read; removed again when finish() was not reached. Throws
/// Error: `already_exists`, `cannot_open`, `io`, `full`.
std::unique_ptr<Sink> create_file(const std::string& path);

class TextSink final : public Sink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  std::string text;
};

}  // namespace shop::transfer
