#include "transfer/csv_reader.hpp"

#include "core/text.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shop::transfer {
namespace {

constexpr int k_end = -1;

class FileSource final : public ByteSource {
 public:
  explicit FileSource(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat info {};
    const bool good = descriptor_ >= 0 && ::fstat(descriptor_, &info) == 0;
    if (!good || S_ISDIR(info.st_mode)) {
      const int why = good ? EISDIR : errno;
      if (descriptor_ >= 0) ::close(descriptor_);
      throw Error(Code::cannot_open, fmt::format("{}: {}", path, std::strerror(why)));
    }
    size_ = info.st_size;
  }
  ~FileSource() override { ::close(descriptor_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* out, std::size_t size) override {
    for (;;) {
      const auto got = ::read(descriptor_, out, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) throw Error(Code::io, fmt::format("read: {}", std::strerror(errno)));
    }
  }
  void rewind() override {
    if (::lseek(descriptor_, 0, SEEK_SET) < 0) {
      throw Error(Code::io, fmt::format("read again: {}", std::strerror(errno)));
    }
  }
  [[nodiscard]] std::int64_t size() const override { return size_; }

 private:
  int descriptor_;
  std::int64_t size_ = 0;
};

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text) {}
  std::size_t read(char* out, std::size_t size) override {
    const auto part = text_.substr(at_, size);
    std::copy(part.begin(), part.end(), out);
    at_ += part.size();
    return part.size();
  }
  void rewind() override { at_ = 0; }
  [[nodiscard]] std::int64_t size() const override {
    return static_cast<std::int64_t>(text_.size());
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// What Windows-1252 has from 0x80 to 0x9F; 0 where it has nothing.
constexpr std::array<char16_t, 32> k_windows{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& out, char32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | point >> 6);
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  }
}

}  // namespace

std::unique_ptr<ByteSource> open_file(const std::string& path) {
  return std::make_unique<FileSource>(path);
}

std::unique_ptr<ByteSource> from_text(std::string_view text) {
  return std::make_unique<TextSource>(text);
}

bool repair_encoding(std::string& field) {
  if (core::valid_utf8(field) || field.find('\0') != std::string::npos) return false;
  std::string out;
  out.reserve(field.size() * 2);
  for (const char c : field) {
    char32_t point = static_cast<unsigned char>(c);
    if (point >= 0x80 && point < 0xA0) {
      point = k_windows[point - 0x80];
      if (point == 0) point = 0xFFFD;
    }
    append_utf8(out, point);
  }
  field = std::move(out);
  return true;
}

bool CsvReader::fill() {
  end_ = source_->read(buffer_.data(), buffer_.size());
  at_ = 0;
  bytes_read_ += static_cast<std::int64_t>(end_);
  return end_ > 0;
}

int CsvReader::peek() {
  if (at_ == end_ && !fill()) return k_end;
  return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::get() {
  const int c = peek();
  if (c == k_end) return k_end;
  ++at_;
  return c;
}

void CsvReader::skip_mark() {
  if (peek() == k_end) return;
  const std::string_view start{buffer_.data(), std::min<std::size_t>(end_, 3)};
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    throw Error(Code::validation, "the file is UTF-16: save it as UTF-8",
                {{"", "utf16", "the file is UTF-16: save it as UTF-8", {}}});
  }
  if (start == "\xEF\xBB\xBF") at_ = 3;
}

void CsvReader::rewind() {
  source_->rewind();
  at_ = end_ = 0;
  bytes_read_ = 0;
  row_ = 0;
  line_ = 1;
  skip_mark();
}

void CsvReader::detect_delimiter() {
  if (peek() == k_end) return;
  std::array<int, 3> counts{};
  constexpr std::string_view k_delimiters = ",;\t";
  bool quoted = false;
  for (std::size_t i = at_; i < end_; ++i) {
    const char c = buffer_[i];
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) break;
    const auto which = k_delimiters.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  const auto* best = std::max_element(counts.begin(), counts.end());
  delimiter_ = k_delimiters[static_cast<std::size_t>(best - counts.begin())];
}

std::string& CsvReader::start_field(Record& record) {
  if (record.count < fields_max) ++record.count;  // what comes after runs into the last one
  if (record.fields.size() < record.count) record.fields.resize(record.count);
  auto& field = record.fields[record.count - 1];
  field.clear();
  return field;
}

void CsvReader::append(Record& record, std::string& field, char c) const {
  if (field.size() < field_bytes_max) {
    field += c;
  } else if (record.oversized == 0) {
    record.oversized = record.count;
  }
}

// After the opening quote. Result: what follows the closing one.
int CsvReader::read_quoted(Record& record, std::string& field) {
  for (;;) {
    const int c = get();
    if (c == k_end) {
      record.unclosed_quote = true;
      return k_end;
    }
    if (c == '"') {
      if (peek() != '"') return get();
      ++at_;
    }
    if (c == '\n') ++line_;
    append(record, field, static_cast<char>(c));
  }
}

int CsvReader::read_plain(Record& record, std::string& field) {
  for (;;) {
    const int c = get();
    if (c == k_end || c == delimiter_ || c == '\n' || c == '\r') return c;
    append(record, field, static_cast<char>(c));
  }
}

// True when another field follows in the record.
bool CsvReader::read_field(Record& record) {
  auto& field = start_field(record);
  int after = 0;
  if (peek() == '"') {
    ++at_;
    after = read_quoted(record, field);
    // Something between the closing quote and the delimiter: keep it, as spreadsheets do.
    if (after != k_end && after != delimiter_ && after != '\n' && after != '\r') {
      append(record, field, static_cast<char>(after));
      after = read_plain(record, field);
    }
  } else {
    after = read_plain(record, field);
  }
  if (after == delimiter_) return true;
  if (after == '\r' && peek() == '\n') ++at_;
  if (after == '\r' || after == '\n') ++line_;
  return false;
}

bool CsvReader::next(Record& record) {
  for (;;) {  // blank lines are no records
    const int c = peek();
    if (c == k_end) return false;
    if (c != '\n' && c != '\r') break;
    ++at_;
    if (c == '\r' && peek() == '\n') ++at_;
    ++line_;
  }
  record.count = 0;
  record.oversized = 0;
  record.unclosed_quote = false;
  record.row = ++row_;
  record.line = line_;
  while (read_field(record)) {
  }
  return true;
}

}  // namespace shop::transfer
