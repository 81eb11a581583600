#include "support/orders_fixture.hpp"

namespace shop::test {

void OrdersFixture::receive(Id variant, std::int64_t quantity) {
  shop.inventory().receive(host, {variant, quantity, 0, {}});
}

}  // namespace shop::test
