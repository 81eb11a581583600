'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { Worker } = require('node:worker_threads');
const libshop = require('..');
const promises = require('../promises.js');
const { Money } = libshop;

const start = new Date('2026-01-01T12:00:00Z');
const fresh = () => libshop.open(':memory:', { manualClock: start, randomSeed: 1 });

test('results are plain objects', () => {
  const shop = fresh();
  const host = shop.host();
  const made = host.catalog.createCategory({ name: 'Crème Brûlée' });
  assert.deepStrictEqual(Object.keys(made), ['id', 'parentId', 'name', 'slug', 'position']);
  assert.strictEqual(made.slug, 'creme-brulee');
  assert.strictEqual(made.parentId, null);
  assert.deepStrictEqual(host.catalog.category('creme-brulee'), made);
  const child = host.catalog.createCategory({ name: 'Small', parentId: made.id });
  assert.deepStrictEqual(host.catalog.categories(made.id), [child]);
  assert.strictEqual(host.who().role, 'host');
  shop.close();
});

test('errors have class, code and details', () => {
  const shop = fresh();
  const host = shop.host();
  assert.throws(() => host.catalog.category('nothing'), (error) => {
    assert(error instanceof libshop.NotFoundError);
    assert(error instanceof libshop.ShopError);
    assert.strictEqual(error.name, 'NotFoundError');
    assert.strictEqual(error.code, 'not_found');
    assert.strictEqual(error.status, 201);
    return true;
  });
  assert.throws(() => host.catalog.createCategory({ name: '' }), (error) => {
    assert.strictEqual(error.details[0].path, 'name');
    assert.strictEqual(error.details[0].code, 'required');
    return true;
  });
  shop.close();
});

test('a cart takes a variant by its SKU', () => {
  const shop = fresh();
  const host = shop.host();
  const made = host.catalog.createProduct({
    title: 'Shirt', simple: { price: new Money('24.50', shop.currency()), sku: 'mens-shirt-m' },
  });
  host.inventory.receive({ variantId: made.variants[0].id, quantity: 5 });
  const cart = host.cart.create();
  const line = host.cart.add({ variantId: 'mens-shirt-m', quantity: 2, cartId: cart.id });
  assert.strictEqual(line.variantId, made.variants[0].id);
  assert.strictEqual(line.quantity, 2);
  assert.throws(() => host.cart.add({ variantId: 'xxl', quantity: 1, cartId: cart.id }),
    libshop.NotFoundError);
  shop.close();
});

test('closing', () => {
  const shop = fresh();
  const host = shop.host();
  host.close();
  host.close();
  assert(host.closed);
  assert.throws(() => host.catalog.categories(), { code: 'bad_handle' });
  const other = shop.host();
  shop.close();
  shop.close();
  assert.throws(() => other.catalog.categories(), { code: 'closed' });
  const disposed = fresh();
  disposed[Symbol.dispose ?? Symbol.for('nodejs.dispose')]();
  assert(disposed.closed);
});

test('wrong types are refused in JavaScript', () => {
  const shop = fresh();
  const host = shop.host();
  for (const bad of [3, null, undefined, ['list'], {}, Symbol('x'), () => 1, 5n]) {
    assert.throws(() => host.catalog.createCategory({ name: bad }), TypeError);
    assert.throws(() => host.catalog.category(bad), TypeError);
  }
  assert.throws(() => host.catalog.createCategory({ name: 'x', nmae: 'x' }), /no such option/);
  assert.throws(() => host.catalog.createCategory(null), TypeError);
  assert.throws(() => host.catalog.createCategory({ name: 'half \ud800' }),
    { code: 'invalid_utf8' });
  assert.throws(() => host.catalog.category('a\0b'), { code: 'invalid_utf8' });
  for (const bad of [2 ** 53, 1.5, NaN, Infinity, -(2 ** 60)]) {
    assert.throws(() => host.catalog.categories(bad), { code: 'out_of_range' });
  }
  shop.close();
});

test('the clock', () => {
  const shop = fresh();
  shop.clock.advance({ hours: 2, seconds: 1 });
  assert.strictEqual(shop.clock.now - start, (2 * 3600 + 1) * 1000);
  const copy = shop.fork();
  shop.clock.set(new Date('2027-01-01'));
  assert.strictEqual(copy.clock.now - start, (2 * 3600 + 1) * 1000);
  assert.throws(() => shop.clock.set(new Date(NaN)), TypeError);
  copy.close();
  shop.close();
});

test('money', () => {
  const price = new Money('19.99', 'GBP');
  assert.strictEqual(price.minor, 1999n);
  assert.strictEqual(price.amount, '19.99');
  assert.strictEqual(String(price), '19.99 GBP');
  assert.strictEqual(price.format('en-GB'), '£19.99');
  assert(price.equals(Money.fromMinor(1999, 'GBP')));
  assert.strictEqual(new Money('-0.05', 'GBP').units, -5);
  assert.strictEqual(Money.fromMinor(-5, 'GBP').amount, '-0.05');
  assert.strictEqual(new Money(500, 'JPY').minor, 500n);
  assert.strictEqual(new Money('0.001', 'KWD').minor, 1n);
  assert.deepStrictEqual(JSON.parse(JSON.stringify(price)), { amount: '19.99', currency: 'GBP' });
  assert.throws(() => new Money('0.001', 'GBP'), RangeError);
  assert.throws(() => new Money('1', 'NON'), RangeError);
  assert.throws(() => new Money(19.99, 'GBP'), TypeError);
  assert.throws(() => new Money('lots', 'GBP'), TypeError);
});

test('a shop in a file', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'libshop-'));
  const file = path.join(folder, 'shop.db');
  const shop = libshop.open(file, { currency: 'GBP' });
  shop.host().catalog.createCategory({ name: 'Shirts' });
  shop.backup(path.join(folder, 'copy.db'));
  const image = shop.serialize();
  shop.close();
  const copy = libshop.open(path.join(folder, 'copy.db'), { mustExist: true });
  assert.strictEqual(copy.currency(), 'GBP');
  assert.deepStrictEqual(copy.verify().problems, []);
  copy.close();
  const third = libshop.openImage(image);
  assert.strictEqual(third.host().catalog.categories()[0].slug, 'shirts');
  third.close();
  assert.throws(() => libshop.openImage(Buffer.from('no shop at all')), { code: 'not_a_shop' });
  fs.rmSync(folder, { recursive: true });
});

test('a sealed backup', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'libshop-'));
  const at = (name) => path.join(folder, name);
  const hostKey = Buffer.alloc(32, 7);
  const shop = libshop.open(at('shop.db'), { hostKey });
  shop.host().catalog.createCategory({ name: 'Shirts' });
  shop.backupSealed(at('sealed'));
  shop.close();
  assert.throws(() => libshop.restore(at('sealed'), at('copy.db')), { code: 'wrong_host_key' });
  const copy = libshop.restore(at('sealed'), at('copy.db'), { hostKey });
  assert.strictEqual(copy.host().catalog.categories()[0].slug, 'shirts');
  copy.close();
  const other = await promises.restore(at('sealed'), at('other.db'), { hostKey });
  await other.close();
  fs.truncateSync(at('sealed'), 70000);
  assert.throws(() => libshop.restore(at('sealed'), at('third.db'), { hostKey }),
    { code: 'tampered' });
  assert.strictEqual(fs.existsSync(at('third.db')), false);
  fs.rmSync(folder, { recursive: true });
});

test('long lists and long texts outgrow the buffers', () => {
  const shop = fresh();
  const host = shop.host();
  for (let i = 0; i < 2000; i++) {
    host.catalog.createCategory({ name: `Category ${i} ${'x'.repeat(40)}` });
  }
  assert.strictEqual(host.catalog.categories().length, 2000);
  assert.throws(() => host.catalog.createCategory({ name: 'é'.repeat(100_000) }),
    { code: 'validation' });
  assert.throws(() => host.catalog.createCategory({ name: 'x'.repeat(100 << 20) }),
    { code: 'too_large' });
  assert.strictEqual(host.catalog.categories().length, 2000);
  shop.close();
});

test('texts are themselves, whatever is beside them and after them', () => {
  const shop = fresh();
  const host = shop.host();
  const names = ['Plain words of some length', 'a', 'Käse', '帽子', '🎩 and é', 'plain again', 'ÿ'];
  const made = names.map((name) => host.catalog.createCategory({ name }));
  assert.deepStrictEqual(made.map((category) => category.name), names);
  const kept = names.map((_, i) => host.catalog.category(made[i].slug));
  for (let i = 0; i < 100; i++) host.catalog.createCategory({ name: `Other category ${i}` });
  assert.deepStrictEqual(kept, made);
  const children = made.map(
    ({ id }) => host.catalog.createCategory({ name: 'Child', parentId: id }));
  assert.deepStrictEqual(children.map(({ name }) => name), names.map(() => 'Child'));
  assert.deepStrictEqual(host.catalog.categories().map(({ name }) => name).filter(
    (name) => names.includes(name)).sort(), [...names].sort());
  shop.close();
});

test('handles are closed when they are collected', { skip: !global.gc }, async () => {
  const shop = fresh();
  for (let i = 0; i < 200_000; i++) shop.host();
  for (let i = 0; i < 10; i++) {
    global.gc();
    await new Promise((done) => setImmediate(done));
  }
  // A table of a million would overflow if none came back.
  for (let i = 0; i < 900_000; i++) shop.host();
  shop.close();
});

test('worker threads have their own', async () => {
  const code = `
    const { parentPort } = require('node:worker_threads');
    const libshop = require(${JSON.stringify(path.join(__dirname, '..'))});
    const shop = libshop.open(':memory:');
    const host = shop.host();
    for (let i = 0; i < 100; i++) host.catalog.createCategory({ name: 'c' + i });
    parentPort.postMessage(host.catalog.categories().length);
    // and leave without closing`;
  const counts = await Promise.all(Array.from({ length: 4 }, () => new Promise((done, fail) => {
    const worker = new Worker(code, { eval: true });
    worker.once('message', done);
    worker.once('error', fail);
  })));
  assert.deepStrictEqual(counts, [100, 100, 100, 100]);
});

test('ESM and CommonJS give the same', async () => {
  const esm = await import('../index.mjs');
  assert.strictEqual(esm.open, libshop.open);
  assert.deepStrictEqual(Object.keys(esm).filter((n) => n !== 'default').sort(),
    Object.keys(libshop).sort());
});
