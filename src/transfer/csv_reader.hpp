#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Reading CSV as a stream, whatever is in it.
namespace shop::transfer {

/// Bytes that can be read again from the start.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Up to `size` bytes; 0 at the end. Throws Error{io}.
  virtual std::size_t read(char* out, std::size_t size) = 0;
  virtual void rewind() = 0;
  [[nodiscard]] virtual std::int64_t size() const = 0;
};

/// Throws Error{cannot_open}.
std::unique_ptr<ByteSource> open_file(const std::string& path);
/// The text must outlive the source.
std::unique_ptr<ByteSource> from_text(std::string_view text);

/// A record of the file. Fields that a record has less of than the one before keep their memory.
struct Record {
  std::vector<std::string> fields;
  std::size_t count = 0;        ///< how many of `fields` belong to it
  std::int64_t row = 0;         ///< the header is 1
  std::int64_t line = 0;        ///< where it begins
  std::size_t oversized = 0;    ///< 1 + the first field that was cut at the limit; 0: none
  bool unclosed_quote = false;  ///< the file ended inside quotes
  [[nodiscard]] std::string_view field(std::size_t at) const {
    return at < count ? std::string_view{fields[at]} : std::string_view{};
  }
};

/// RFC 4180 and what programs make of it: CRLF, LF or CR, a byte order mark, blank lines left out,
/// quotes inside an unquoted field taken as they are. Holds one record; a field beyond the limit
/// is cut there, and read to its end.
class CsvReader {
 public:
  static constexpr std::size_t field_bytes_max = 1024 * 1024;
  static constexpr std::size_t fields_max = 1000;

  explicit CsvReader(ByteSource& source) : source_(&source), buffer_(k_buffer) {}

  /// Starts again at the first record. Throws Error{validation} for UTF-16.
  void rewind();
  /// Comma unless the first line has more semicolons or tabs.
  void detect_delimiter();
  bool next(Record& record);
  [[nodiscard]] std::int64_t bytes_read() const { return bytes_read_; }

 private:
  static constexpr std::size_t k_buffer = 64 * 1024;

  int peek();
  int get();
  bool fill();
  void skip_mark();
  std::string& start_field(Record& record);
  void append(Record& record, std::string& field, char c) const;
  int read_quoted(Record& record, std::string& field);
  int read_plain(Record& record, std::string& field);
  bool read_field(Record& record);

  ByteSource* source_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::int64_t bytes_read_ = 0;
  std::int64_t row_ = 0;
  std::int64_t line_ = 1;
  char delimiter_ = ',';
};

/// Turns a field that is not UTF-8 into it, taking it for Windows-1252. True when it had to.
bool repair_encoding(std::string& field);

}  // namespace shop::transfer
