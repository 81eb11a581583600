'use strict';

// The same as measure.c, in Node.

const path = require('node:path');
const libshop = require(path.join(__dirname, '../../../bindings/node'));

const shop = libshop.open(process.argv[2]);
const host = shop.host();
const calls = Number(process.argv[3]);
const measure = (count, work) => {
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) work();
  return Number(process.hrtime.bigint() - start) / count;
};
const product = () => host.catalog.productBySlug('shirt-500');
const page = () => host.catalog.products('newest').page().items.length;
measure(calls / 10, product);
measure(calls / 100, page);
console.log(`${measure(calls, product).toFixed(0)} ${measure(calls / 10, page).toFixed(0)}`);
