'use strict';

// hostile.js [calls] [seed]: every method of the package with arguments of every kind, on two
// threads. What must come of it: a result or an exception, never a crash, and no growth. With
// SHOP_LONG=1 it is the campaign of a million calls.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const libshop = require(path.join(__dirname, '../../bindings/node'));

// Some calls write files under the names they are given; so deep, no `../..` leaves the folder.
const folder = isMainThread ? fs.mkdtempSync(path.join(os.tmpdir(), 'libshop-hostile-')) : '';
const deep = path.join(folder, 'a/b/c/d/e/f/g/h');
if (isMainThread) fs.mkdirSync(deep, { recursive: true });
if (isMainThread) {
  process.chdir(deep);
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
}
const { Money } = libshop;

const ROUND = 5_000; // calls on one shop, so that what was really done does not pile up
const GROWTH_MB = 96; // of both threads' shops and heaps
const HUGE = Buffer.alloc(100_000_000, 'x').toString('latin1');
const total = process.env.SHOP_LONG === '1' ? 1_000_000 : Number(process.argv[2] ?? 20_000);
let state = (workerData ?? Number(process.argv[3] ?? Date.now() % 2 ** 31)) | 1;
if (isMainThread) console.log(`hostile.js ${total} ${state}`);

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
  if (random(20_000) === 0) return HUGE;
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

const LEFT_OUT = new Set(['close', 'fork', 'backup', 'backupSealed', 'serialize', 'verify']);

/** Every method of a fresh shop and of its sessions; a closed and a foreign one are among them. */
function targetsOf(shop) {
  const closed = shop.host();
  closed.close();
  const foreign = shop.guest();
  foreign._release();
  foreign._handle = random(2 ** 31) * random(2 ** 20);
  const targets = [];
  for (const owner of [shop, shop.host(), shop.host(), shop.guest(), closed, foreign]) {
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
  return { targets, foreign };
}

let refused = 0;
let done = 0;

function round(calls) {
  const shop = libshop.open(':memory:', { currency: 'GBP', passwordPreset: 'for_tests' });
  const { targets, foreign } = targetsOf(shop);
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
  foreign._handle = 0;
  const { problems } = shop.verify();
  if (problems.length) throw new Error(JSON.stringify(problems));
  shop.close();
}

function run(calls) {
  for (let left = calls; left > 0; left -= ROUND) round(Math.min(left, ROUND));
}

function residentMb() {
  globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
}

if (isMainThread) {
  run(Math.min(total / 10, ROUND)); // warm up before memory is counted
  const before = residentMb();
  const other = new Worker(__filename, { workerData: state ^ 0x5eed, argv: process.argv.slice(2) });
  run(total / 2);
  other.on('error', (error) => { throw error; });
  other.on('exit', (code) => {
    const grown = residentMb() - before;
    console.log(`${refused} refused, ${done} done here, as many there; ${before.toFixed(0)} MB ` +
      `grew by ${grown.toFixed(1)} MB`);
    if (code !== 0 || grown > GROWTH_MB) process.exitCode = 1;
  });
} else {
  run(total / 2);
}
