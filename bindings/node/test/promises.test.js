'use strict';

const assert = require('node:assert');
const test = require('node:test');
const libshop = require('../promises.js');

test('calls give promises, far more than koffi takes at once', async () => {
  const shop = await libshop.open(':memory:');
  const host = await shop.host();
  await Promise.all(Array.from({ length: 1000 },
    (_, i) => host.catalog.createCategory({ name: `c${i}` })));
  assert.strictEqual((await host.catalog.categories()).length, 1000);
  await shop.close();
  await assert.rejects(host.catalog.categories(), { code: 'closed' });
  await host.close();
});

test('what is wrong is a rejection, never thrown', async () => {
  const shop = await libshop.open(':memory:');
  const host = await shop.host();
  await assert.rejects(host.catalog.category('nothing'), libshop.NotFoundError);
  await assert.rejects(host.catalog.category(5), TypeError);
  await assert.rejects(host.catalog.createCategory({ nmae: 1 }), TypeError);
  await assert.rejects(libshop.open(5), TypeError);
  await assert.rejects(libshop.open('/nowhere/at/all.db'), { code: 'cannot_open' });
  await shop.close();
});

test('a cart takes a variant by its SKU', async () => {
  const shop = await libshop.open(':memory:');
  const host = await shop.host();
  const price = new libshop.Money('24.50', await shop.currency());
  const made = await host.catalog.createProduct({ title: 'Shirt', simple: { price, sku: 'm' } });
  await host.inventory.receive({ variantId: made.variants[0].id, quantity: 5 });
  const cart = await host.cart.create();
  const line = await host.cart.add({ variantId: 'm', quantity: 2, cartId: cart.id });
  assert.strictEqual(line.quantity, 2);
  await assert.rejects(host.cart.add({ variantId: 'xxl', quantity: 1, cartId: cart.id }),
    libshop.NotFoundError);
  await shop.close();
});

test('closing while calls are in flight', async () => {
  const shop = await libshop.open(':memory:');
  const host = await shop.host();
  const calls = Array.from({ length: 200 }, () => host.catalog.categories());
  calls.push(shop.close());
  const outcomes = await Promise.allSettled(calls);
  for (const { status, reason } of outcomes) {
    assert(status === 'fulfilled' || reason.code === 'closed', String(reason));
  }
});

test('the loop goes on', async () => {
  const shop = await libshop.open(':memory:');
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  for (let i = 0; i < 50; i++) await shop.verify();
  clearInterval(timer);
  assert(ticks > 0);
  await shop.close();
});
