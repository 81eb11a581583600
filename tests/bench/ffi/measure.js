'use strict';

// The same as measure.c, in Node.

const path = require('node:path');
const libshop = require(path.join(__dirname, '../../../bindings/node'));

const ROUND = 50;
const { catalog } = libshop.open(process.argv[2]).host();
const seconds = Number(process.argv[3]);
let touched = 0;

function readProduct() {
  const product = catalog.productBySlug('shirt-500');
  touched += product.title.length + product.price.units;
}

function readPage() {
  touched += catalog.products('newest').page().items.length;
}

function touchPage() {
  for (const row of catalog.products('newest').page().items) {
    touched += row.title.length + row.price.units;
  }
}

const now = () => Number(process.hrtime.bigint());

function best(work) {
  let least = Infinity;
  const until = now() + seconds * 1e9;
  while (now() < until) {
    const start = now();
    for (let i = 0; i < ROUND; i++) work();
    least = Math.min(least, (now() - start) / ROUND);
  }
  return least;
}

console.log([readProduct, readPage, touchPage].map((work) => best(work).toFixed(0)).join(' '));
