#include "orders/orders.hpp"
#include "orders/orders_sql.hpp"

namespace shop::orders {

void erase_customer(db::Tx& tx, Id customer_id) {
  tx.exec(sql::k_erase_customer, customer_id);
}

}  // namespace shop::orders
