#include "retail_csv.hpp"

#include <cctype>
#include <chrono>
#include <fstream>
#include <map>
#include <stdexcept>

namespace retail {
namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// "2011-10-06 16:20:00"
std::int64_t timestamp(const std::string& text) {
  using namespace std::chrono;
  if (text.size() != 19) throw std::runtime_error("not a time: " + text);
  const auto part = [&](std::size_t at, std::size_t size) {
    return std::stoi(text.substr(at, size));
  };
  const sys_days day = year{part(0, 4)} / part(5, 2) / part(8, 2);
  const auto moment = day + hours{part(11, 2)} + minutes{part(14, 2)} + seconds{part(17, 2)};
  return duration_cast<microseconds>(moment.time_since_epoch()).count();
}

// "4.15", "5942.57", "0.0", at most two decimals that matter.
std::int64_t pence(const std::string& text) {
  const auto point = text.find('.');
  auto decimals = point == std::string::npos ? std::string{} : text.substr(point + 1);
  if (decimals.size() > 2 && decimals.find_first_not_of('0', 2) != std::string::npos) {
    throw std::runtime_error("not an amount in pence: " + text);
  }
  decimals.resize(2, '0');
  return std::stoll(text.substr(0, point)) * 100 + std::stoll(decimals);
}

Row parse(const std::vector<std::string>& fields, int number) {
  if (fields.size() != 8) throw std::runtime_error("has not eight columns");
  Row row;
  row.number = number;
  row.invoice = fields[0];
  row.code = upper(trimmed(fields[1]));
  row.description = trimmed(fields[2]);
  row.quantity = std::stoll(fields[3]);
  row.at = timestamp(fields[4]);
  row.price_minor = pence(fields[5]);
  row.customer = fields[6].substr(0, fields[6].find('.'));
  row.country = fields[7];
  if (row.invoice.empty() || row.code.empty()) throw std::runtime_error("has no invoice or code");
  return row;
}

}  // namespace

std::vector<Row> read_csv(const std::string& path) {
  std::ifstream in{path};
  if (!in) throw std::runtime_error("cannot read " + path);
  std::vector<Row> rows;
  std::string line;
  std::getline(in, line);  // the header
  for (int number = 2; std::getline(in, line); ++number) {
    try {
      rows.push_back(parse(split(line), number));
    } catch (const std::exception& error) {
      throw std::runtime_error(path + ", row " + std::to_string(number) + ": " + error.what());
    }
  }
  return rows;
}

std::string country_code(const std::string& name) {
  static const std::map<std::string, std::string> codes{{"Australia", "AU"},
                                                        {"Austria", "AT"},
                                                        {"Bahrain", "BH"},
                                                        {"Belgium", "BE"},
                                                        {"Brazil", "BR"},
                                                        {"Canada", "CA"},
                                                        {"Channel Islands", "JE"},
                                                        {"Cyprus", "CY"},
                                                        {"Czech Republic", "CZ"},
                                                        {"Denmark", "DK"},
                                                        {"EIRE", "IE"},
                                                        {"Finland", "FI"},
                                                        {"France", "FR"},
                                                        {"Germany", "DE"},
                                                        {"Greece", "GR"},
                                                        {"Hong Kong", "HK"},
                                                        {"Iceland", "IS"},
                                                        {"Israel", "IL"},
                                                        {"Italy", "IT"},
                                                        {"Japan", "JP"},
                                                        {"Lebanon", "LB"},
                                                        {"Lithuania", "LT"},
                                                        {"Malta", "MT"},
                                                        {"Netherlands", "NL"},
                                                        {"Norway", "NO"},
                                                        {"Poland", "PL"},
                                                        {"Portugal", "PT"},
                                                        {"RSA", "ZA"},
                                                        {"Saudi Arabia", "SA"},
                                                        {"Singapore", "SG"},
                                                        {"Spain", "ES"},
                                                        {"Sweden", "SE"},
                                                        {"Switzerland", "CH"},
                                                        {"USA", "US"},
                                                        {"United Arab Emirates", "AE"},
                                                        {"United Kingdom", "GB"}};
  const auto found = codes.find(name);
  return found == codes.end() ? std::string{} : found->second;
}

}  // namespace retail
