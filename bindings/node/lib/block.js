'use strict';

// Reads results. A result is one block; it is copied into a buffer of ours and released in one
// call, and then read by the offsets that the generator took from the compiler.

const { lib, addressOf } = require('./load.js');
const { Money } = require('./money.js');

const HIGH = 4294967296;

/** The last result: its bytes, and the address that the pointers in it count from. */
class Block {
  constructor(capacity) {
    this.buf = Buffer.allocUnsafeSlow(capacity);
    this.u32 = new Uint32Array(this.buf.buffer);
    this.i32 = new Int32Array(this.buf.buffer);
    this.f64 = new Float64Array(this.buf.buffer);
    this.address = addressOf(this.buf);
    this.capacity = capacity;
    this.base = 0;
    this.size = 0;
    this.plain = false;
    this.latin1 = null;
  }
}

const SMALL = 1 << 16;
let block = new Block(SMALL);
const ascii = new Int32Array(Buffer.allocUnsafeSlow(4).buffer);
const asciiAddress = addressOf(ascii);

function into(target, address) {
  const size = Number(lib.shop_result_take(address, target.address, target.capacity, asciiAddress));
  target.base = address;
  target.size = size;
  target.plain = size <= SMALL && ascii[0] !== 0;
  target.latin1 = null;
  return target;
}

/** Copies the result at an address and releases it. What it gives is valid until the next call. */
function take(address) {
  const found = into(block, address);
  if (found.size <= found.capacity) return found;
  const large = new Block((found.size + SMALL) & ~(SMALL - 1));
  if (large.capacity <= 1 << 24) block = large;
  return into(large, address);
}

const i32 = (r, at) => r.i32[at >> 2];
const u32 = (r, at) => r.u32[at >> 2];
const i64 = (r, at) => r.i32[(at >> 2) + 1] * HIGH + r.u32[at >> 2];
const f64 = (r, at) => r.f64[at >> 3];
const time = (r, at) => new Date(i64(r, at) / 1000);

/** The offset that the pointer at `at` leads to; -1 for NULL. */
function follow(r, at) {
  const low = r.u32[at >> 2];
  const high = r.u32[(at >> 2) + 1];
  return low === 0 && high === 0 ? -1 : high * HIGH + low - r.base;
}

/**
 * Decoding costs much the same for two bytes and for a thousand: a small block of nothing but ASCII
 * is decoded once, and its texts are parts of that.
 */
function text(r, at) {
  const size = r.u32[(at >> 2) + 2];
  if (size === 0) return '';
  const from = follow(r, at);
  if (!r.plain) return r.buf.utf8Slice(from, from + size);
  if (r.latin1 === null) r.latin1 = r.buf.latin1Slice(0, r.size);
  return r.latin1.substring(from, from + size);
}

function maybeText(r, at) {
  return follow(r, at) < 0 ? null : text(r, at);
}

function bytes(r, at) {
  const from = follow(r, at);
  return from < 0 ? new Uint8Array(0) : new Uint8Array(r.buf.subarray(from, from + i64(r, at + 8)));
}

function texts(r, at) {
  const from = follow(r, at);
  const count = r.u32[(at >> 2) + 2];
  const found = new Array(count);
  for (let i = 0; i < count; i++) found[i] = text(r, from + 16 * i);
  return found;
}

function ids(r, at) {
  const from = follow(r, at);
  const count = r.u32[(at >> 2) + 2];
  const found = new Array(count);
  for (let i = 0; i < count; i++) found[i] = i64(r, from + 8 * i);
  return found;
}

const currencies = new Map();

function currency(r, at) {
  const code = r.u32[at >> 2];
  let found = currencies.get(code);
  if (found === undefined) {
    found = r.buf.latin1Slice(at, at + 3).replace(/\0+$/, '');
    currencies.set(code, found);
  }
  return found;
}

const money = (r, at) => Money.of(i64(r, at), currency(r, at + 8));

function child(r, at, read) {
  const place = follow(r, at);
  return place < 0 ? null : read(r, place);
}

function readList(r, place, read) {
  const size = r.u32[(place >> 2) + 1];
  const count = r.u32[(place >> 2) + 2];
  const found = new Array(count);
  let item = follow(r, place + 16);
  for (let i = 0; i < count; i++, item += size) found[i] = read(r, item);
  return found;
}

function readPage(r, place, read) {
  return {
    items: readList(r, place, read),
    nextCursor: maybeText(r, place + 24),
    total: r.u32[(place + 40) >> 2] & 1 ? i64(r, place + 48) : null,
  };
}

function list(r, at, read, nullable) {
  const place = follow(r, at);
  if (place < 0) return nullable ? null : [];
  return readList(r, place, read);
}

function page(r, at, read, nullable) {
  const place = follow(r, at);
  if (place < 0) return nullable ? null : { items: [], nextCursor: null, total: null };
  return readPage(r, place, read);
}

const nameOf = (names, value) => names[value] ?? String(value);

module.exports = {
  take, i32, i64, u32, f64, time, text, maybeText, bytes, texts, ids, money, child, list, page,
  nameOf,
  readText: (r) => text(r, 16),
  readTexts: (r) => texts(r, 16),
  readBlob: (r) => bytes(r, 16),
  listReader: (read) => (r, at) => readList(r, at, read),
  pageReader: (read) => (r, at) => readPage(r, at, read),
  // Plain values are read from the slot of the call itself.
  boolOut: (frame) => frame.slots32[0] !== 0,
  i32Out: (frame) => frame.slots32[0],
  i64Out: (frame) => frame.slots32[1] * HIGH + (frame.slots32[0] >>> 0),
  f64Out: (frame) => frame.slots.readDoubleLE(0),
  timeOut: (frame) => new Date((frame.slots32[1] * HIGH + (frame.slots32[0] >>> 0)) / 1000),
  moneyOut: (frame) => Money.of(frame.slots32[1] * HIGH + (frame.slots32[0] >>> 0),
    frame.slots.latin1Slice(8, 11).replace(/\0+$/, '')),
  enumOut: (names) => (frame) => nameOf(names, frame.slots32[0]),
};
