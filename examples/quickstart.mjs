// The same few lines as quickstart.c, .cpp and .py: stock a shirt, sell two, look at the books.
import { Money, open, ShopError } from 'libshop';

const shop = open(':memory:', { currency: 'GBP' });
const host = shop.host();
const shirt = host.catalog.createProduct({
  title: 'Oxford shirt',
  simple: { sku: 'OX-1', price: new Money('24.50', 'GBP') },
});
const variantId = shirt.variants[0].id;
host.inventory.receive({ variantId, quantity: 10 });

const cart = host.cart.create();
host.cart.add({ variantId, quantity: 2, cartId: cart.id });
const order = host.cart.checkout('till-1-0001', {
  cartId: cart.id,
  payments: [{ tender: 'cash' }],
});
console.log(`${order.number}: ${order.units} for ${order.total}, ${order.paymentStatus}`);

console.log(`left in stock: ${host.inventory.level(variantId).onHand}`);
try {
  host.cart.add({ variantId, quantity: 1000 });
  host.cart.checkout('till-1-0002');
} catch (error) {
  if (!(error instanceof ShopError)) throw error;
  console.log(`refused: ${error.code}`);
}
if (shop.verify().problems.length) throw new Error('the books do not balance');
shop.close();
