'use strict';

// hostile.js [calls] [seed]: every method of the package with arguments of every kind. What must
// come of it: a result or an exception, never a crash.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const libshop = require(path.join(__dirname, '../../bindings/node'));

// Some calls write files under the names they are given; so deep, no `../..` leaves the folder.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'libshop-hostile-'));
const deep = path.join(folder, 'a/b/c/d/e/f/g/h');
fs.mkdirSync(deep, { recursive: true });
process.chdir(deep);
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const { Money } = libshop;

const calls = Number(process.argv[2] ?? 20_000);
let state = Number(process.argv[3] ?? Date.now() % 2 ** 31) | 1;
console.log(`hostile.js ${calls} ${state}`);

function random(below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}
const one = (...choices) => choices[random(choices.length)];

const words = ['name', 'title', 'id', 'variantId', 'productId', 'quantity', 'email', 'password',
  'limit', 'price', 'lines', 'slug', 'input', 'items', 'username', 'reason', 'cursor'];

function value(depth = 0) {
  switch (random(depth > 3 ? 14 : 18)) {
    case 0: return undefined;
    case 1: return null;
    case 2: return random(5000);
    case 3: return one(-1, 0, 1.5, NaN, Infinity, 2 ** 53, -(2 ** 63));
    case 4: return BigInt(random(1000));
    case 5: return one('', 'name', 'é', '\ud800', 'a\0b', '%', "'; --", 'x'.repeat(random(3000)));
    case 6: return one(true, false);
    case 7: return Symbol('symbol');
    case 8: return () => value();
    case 9: return one(new Date(), new Date(NaN), new Date(8.64e15));
    case 10: return new Uint8Array(random(100));
    case 11: return one(Money.fromMinor(random(9999), 'GBP'), new Money(1, 'JPY'), { units: 1 });
    case 12: return Buffer.from('bytes');
    case 13: return one('host', 'active', 'pending', 'newest');
    case 14: return Array.from({ length: random(4) }, () => value(depth + 1));
    case 15: return new Map([[1, 2]]);
    default: return Object.fromEntries(Array.from({ length: random(6) },
      () => [words[random(words.length)], value(depth + 1)]));
  }
}

function methods(object) {
  const names = [];
  for (let at = object; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    names.push(...Object.getOwnPropertyNames(at));
  }
  return names.filter((n) => !n.startsWith('_') && !['constructor', 'closed', 'shop', 'clock']
    .includes(n));
}

const shop = libshop.open(':memory:', { currency: 'GBP' });
const session = shop.host();
const targets = [];
const LEFT_OUT = new Set(['close', 'fork', 'backup', 'serialize', 'verify']);
for (const owner of [shop, session]) {
  for (const name of methods(owner)) {
    if (LEFT_OUT.has(name)) continue;
    const member = owner[name];
    if (typeof member === 'function') targets.push([owner, name]);
    else if (member && typeof member === 'object') {
      for (const inner of methods(member)) {
        if (typeof member[inner] === 'function') targets.push([member, inner]);
      }
    }
  }
}

let refused = 0;
let done = 0;
for (let i = 0; i < calls; i++) {
  const [object, name] = targets[random(targets.length)];
  try {
    const made = object[name](...Array.from({ length: random(5) }, () => value()));
    if (made instanceof libshop.Rows) made.page({ limit: one(1, 0, -1, 501, 'x') });
    done++;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    refused++;
  }
}
console.log(`${refused} refused, ${done} done, of ${targets.length} methods`);
if (shop.verify().problems.length) throw new Error(JSON.stringify(shop.verify().problems));
shop.close();
