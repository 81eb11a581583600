'use strict';

// Writes inputs. The structs and texts of one call go into one buffer whose address is known.

const { addressOf } = require('./load.js');
const { Money } = require('./money.js');
const { codeError } = require('./errors.js');

const HIGH = 4294967296;
const OUT = 0;
const SECOND = 16;
const ERROR = 24;

class Frame {
  constructor(capacity) {
    this.slots = Buffer.allocUnsafeSlow(32);
    this.slots32 = new Int32Array(this.slots.buffer);
    const address = addressOf(this.slots);
    this.out = address + OUT;
    this.second = address + SECOND;
    this.error = address + ERROR;
    this.first = null;
    this.kept = [];
    this.size = 0;
    this._use(Buffer.allocUnsafeSlow(capacity));
    this.first = this.buf;
    this.firstView = this.view;
    this.firstAddress = this.address;
  }

  _use(buffer) {
    this.buf = buffer;
    this.view = new DataView(buffer.buffer, 0, buffer.length);
    this.address = addressOf(buffer);
    this.used = 0;
  }

  /** Ready for the next call. */
  reset() {
    if (this.buf !== this.first) {
      this.buf = this.first;
      this.view = this.firstView;
      this.address = this.firstAddress;
      this.kept.length = 0;
    }
    this.used = 0;
    this.slots32[6] = 0;
    this.slots32[7] = 0;
    return this;
  }

  pointer(slot) {
    return (this.slots32[(slot >> 2) + 1] >>> 0) * HIGH + (this.slots32[slot >> 2] >>> 0);
  }

  /** Room for `size` bytes; `used` is then behind it. */
  alloc(size) {
    const at = (this.used + 7) & ~7;
    if (at + size > this.buf.length) {
      this.kept.push(this.buf);
      this._use(Buffer.allocUnsafeSlow(Math.max(size + 8, 1 << 16)));
      this.used = size;
      return 0;
    }
    this.used = at + size;
    return at;
  }

  struct(size, value, known) {
    if (value === null || typeof value !== 'object') {
      throw new TypeError(`expected an object, got ${describe(value)}`);
    }
    for (const key in value) {
      if (!known.has(key)) throw new TypeError(`there is no such option: ${key}`);
    }
    const at = this.alloc(size);
    this.buf.fill(0, at, at + size);
    this.view.setUint32(at, size, true);
    return { view: this.view, at, address: this.address + at };
  }

  /** Writes text; gives its address, its size is in `size`. */
  utf8(text) {
    const length = text.length < 1024 ? text.length * 3 : Buffer.byteLength(text);
    const at = this.alloc(length + 1);
    this.size = this.buf.utf8Write(text, at, length);
    this.buf[at + this.size] = 0;
    this.used = at + this.size + 1;
    return this.address + at;
  }

  string(value, name) {
    checkText(value, name);
    if (value.includes('\0')) throw codeError('invalid_utf8', `${name} holds a NUL`);
    return this.utf8(value);
  }

  counted(value, name) {
    checkText(value, name);
    return this.utf8(value);
  }

  data(value, name) {
    if (!(value instanceof Uint8Array)) {
      throw new TypeError(`${name} must be a Uint8Array, got ${describe(value)}`);
    }
    const at = this.alloc(value.length);
    this.buf.set(value, at);
    this.size = value.length;
    return this.address + at;
  }

  money(value, name) {
    const at = this.alloc(16);
    putMoney(this.view, at, value, name);
    return this.address + at;
  }

  strs(value, name) {
    const at = this.alloc(16);
    const { view, address } = this;
    putTexts(this, view, at, value, name);
    return address + at;
  }

  ids(value, name) {
    const at = this.alloc(16);
    const { view, address } = this;
    putIds(this, view, at, value, name);
    return address + at;
  }
}

function describe(value) {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const wellFormed = typeof ''.isWellFormed === 'function' ? (text) => text.isWellFormed()
  : (text) => !LONE_SURROGATE.test(text);

function checkText(value, name) {
  if (typeof value !== 'string') {
    throw new TypeError(`${name} must be a string, got ${describe(value)}`);
  }
  if (!wellFormed(value)) {
    throw codeError('invalid_utf8', `${name} holds half of a surrogate pair`);
  }
}

function argI64(value, name) {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a number, got ${describe(value)}`);
  }
  if (!Number.isSafeInteger(value)) {
    throw codeError('out_of_range', `${name} must be a whole number within 2^53, got ${value}`);
  }
  return value;
}

function argI32(value, name) {
  argI64(value, name);
  if (value !== (value | 0)) throw codeError('out_of_range', `${name} does not fit into 32 bits`);
  return value;
}

function argF64(value, name) {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a number, got ${describe(value)}`);
  }
  return value;
}

function argTime(value, name) {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) {
    throw new TypeError(`${name} must be a valid Date`);
  }
  return argI64(value.getTime() * 1000, name);
}

function argBool(value, name) {
  if (typeof value !== 'boolean') {
    throw new TypeError(`${name} must be a boolean, got ${describe(value)}`);
  }
  return value ? 1 : 0;
}

function argEnum(value, name, values) {
  const found = typeof value === 'string' ? values[value] : undefined;
  if (found === undefined) {
    throw new TypeError(`${name} must be one of ${Object.keys(values).join(', ')}`);
  }
  return found;
}

/** An address or a size: a whole number below 2^53, whose low half `| 0` would spoil. */
function putAddress(view, at, value) {
  view.setUint32(at, value % HIGH, true);
  view.setUint32(at + 4, Math.floor(value / HIGH), true);
}

function putI64(view, at, value, name) {
  argI64(value, name);
  const high = Math.floor(value / HIGH);
  view.setUint32(at, value - high * HIGH, true);
  view.setInt32(at + 4, high, true);
}

const putI32 = (view, at, value, name) => view.setInt32(at, argI32(value, name), true);
const putF64 = (view, at, value, name) => view.setFloat64(at, argF64(value, name), true);
const putBool = (view, at, value, name) => view.setInt32(at, argBool(value, name), true);
const putTime = (view, at, value, name) => putI64(view, at, argTime(value, name), name);

function putU32(view, at, value, name) {
  argI64(value, name);
  if (value !== value >>> 0) throw codeError('out_of_range', `${name} does not fit into 32 bits`);
  view.setUint32(at, value, true);
}

function putMoney(view, at, value, name) {
  if (!(value instanceof Money)) {
    throw new TypeError(`${name} must be Money, got ${describe(value)}`);
  }
  putI64(view, at, value.units, name);
  for (let i = 0; i < 4; i++) view.setUint8(at + 8 + i, value.currency.charCodeAt(i) || 0);
  view.setUint32(at + 12, 0, true);
}

function putEnum(view, at, value, name, values) {
  view.setInt32(at, argEnum(value, name, values), true);
}

function putText(frame, view, at, value, name) {
  checkText(value, name);
  putAddress(view, at, frame.utf8(value));
  putAddress(view, at + 8, frame.size);
}

function putBytes(frame, view, at, value, name) {
  putAddress(view, at, frame.data(value, name));
  putAddress(view, at + 8, frame.size);
}

function checkArray(values, name) {
  if (!Array.isArray(values)) {
    throw new TypeError(`${name} must be an array, got ${describe(values)}`);
  }
}

function putTexts(frame, view, at, values, name) {
  checkArray(values, name);
  const rows = frame.alloc(16 * values.length || 8);
  const { view: rowView, address } = frame;
  for (let i = 0; i < values.length; i++) putText(frame, rowView, rows + 16 * i, values[i], name);
  putAddress(view, at, address + rows);
  putAddress(view, at + 8, values.length);
}

function putIds(frame, view, at, values, name) {
  checkArray(values, name);
  const rows = frame.alloc(8 * values.length || 8);
  for (let i = 0; i < values.length; i++) putI64(frame.view, rows + 8 * i, values[i], name);
  putAddress(view, at, frame.address + rows);
  putAddress(view, at + 8, values.length);
}

/** A list of inputs: the items are packed one by one, and then moved together. */
function packList(frame, values, name, size, pack) {
  checkArray(values, name);
  const head = frame.alloc(24);
  const { view: headView, address: headAddress } = frame;
  const rows = frame.alloc(size * values.length || 8);
  const { buf, address } = frame;
  for (let i = 0; i < values.length; i++) {
    const packed = pack(frame, values[i]);
    const from = frame.place(packed);
    from.buf.copy(buf, rows + size * i, from.at, from.at + size);
  }
  headView.setUint32(head, 24, true);
  headView.setUint32(head + 4, size, true);
  putAddress(headView, head + 8, values.length);
  putAddress(headView, head + 16, address + rows);
  return headAddress + head;
}

/** Which of our buffers an address lies in. */
Frame.prototype.place = function place(address) {
  const buffers = [this.buf, ...this.kept];
  for (const buf of buffers) {
    const at = address - (buf === this.buf ? this.address : addressOf(buf));
    if (at >= 0 && at < buf.length) return { buf, at };
  }
  throw new Error('an input was packed outside of its frame');
};

/** Options that are about to be taken apart. */
function plain(options) {
  if (options === null || typeof options !== 'object') {
    throw new TypeError(`expected an object, got ${describe(options)}`);
  }
  return options;
}

function splitLimit(options) {
  const { limit, ...rest } = plain(options);
  return { limit, rest };
}

module.exports = {
  Frame, OUT, SECOND, ERROR, argI64, argI32, argF64, argTime, argBool, argEnum, putI32, putU32,
  putI64, putF64, putBool, putTime, putMoney, putEnum, putText, putBytes, putTexts, putIds,
  putAddress, packList, plain,
  splitLimit,
};
