#include "transfer/sink.hpp"

#include "shop/error.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace shop::transfer {
namespace {

constexpr std::size_t k_buffer = 256 * 1024;

class FileSink final : public Sink {
 public:
  explicit FileSink(const std::string& path)
      : path_(path),
        descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) {
      throw Error(errno == EEXIST ? Code::already_exists : Code::cannot_open,
                  fmt::format("{}: {}", path, std::strerror(errno)));
    }
    buffer_.reserve(k_buffer);
  }
  ~FileSink() override {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!finished_) ::unlink(path_.c_str());
  }
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  void write(std::string_view bytes) override {
    buffer_ += bytes;
    if (buffer_.size() >= k_buffer) flush();
  }
  void finish() override {
    flush();
    if (::fsync(descriptor_) != 0) fail();
    finished_ = true;
  }

 private:
  void flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
      const auto put = ::write(descriptor_, rest.data(), rest.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) fail();
      rest.remove_prefix(static_cast<std::size_t>(put));
    }
    buffer_.clear();
  }
  [[noreturn]] void fail() {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    throw Error(full ? Code::full : Code::io, fmt::format("{}: {}", path_, std::strerror(errno)));
  }

  std::string path_;
  int descriptor_;
  std::string buffer_;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<Sink> create_file(const std::string& path) {
  return std::make_unique<FileSink>(path);
}

}  // namespace shop::transfer
