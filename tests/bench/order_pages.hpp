#pragma once

#include <cstdint>
#include <string>

namespace shop::bench {

/// Prints how many pages an order of three lines writes to the log, by table and index: libshop's
/// and the plain schema's. Needs no quiet machine, as it takes no time.
void count_order_pages(const std::string& folder, std::int64_t size);

}  // namespace shop::bench
