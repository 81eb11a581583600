'use strict';

// How a call is made: at once, or on a thread of Node's pool with a promise.

const { lib } = require('./load.js');
const { take } = require('./block.js');
const { Frame, OUT, SECOND, ERROR } = require('./frame.js');
const { errorClass } = require('./errors.js');
const types = require('./types.js');

function failure(status, frame) {
  const address = frame.pointer(ERROR);
  if (address === 0) return new (errorClass(status))(lib.shop_status_description(status));
  const error = types.read_shop_error(take(address), 0);
  const details = error.details.map((detail) => ({
    ...detail,
    params: Object.fromEntries(detail.params.map(({ name, value }) => [name, value])),
  }));
  return new (errorClass(status))(error.message, details);
}

const shared = new Frame(1 << 16);

/** Spreading arguments costs more than the call itself: most have one, two or three. */
function invoke(fn, args, frame) {
  switch (args.length) {
    case 1: return fn(args[0], frame.out, frame.error);
    case 2: return fn(args[0], args[1], frame.out, frame.error);
    case 3: return fn(args[0], args[1], args[2], frame.out, frame.error);
    case 4: return fn(args[0], args[1], args[2], args[3], frame.out, frame.error);
    default: return fn(...args, frame.out, frame.error);
  }
}

/** Calls at once. */
const Sync = (Base) => class extends Base {
  _frame() {
    return shared.reset();
  }

  _void(frame, fn, args) {
    const status = fn(...args, frame.error);
    if (status !== 0) throw failure(status, frame);
  }

  _result(frame, read, fn, args) {
    const status = invoke(fn, args, frame);
    if (status !== 0) throw failure(status, frame);
    return read(take(frame.pointer(OUT)), 0);
  }

  _value(frame, read, fn, args) {
    const status = invoke(fn, args, frame);
    if (status !== 0) throw failure(status, frame);
    return read(frame);
  }

  _session(frame, fn, args) {
    const status = invoke(fn, args, frame);
    if (status !== 0) throw failure(status, frame);
    return this._newSession(frame.pointer(OUT));
  }

  _sessionAnd(frame, read, fn, args) {
    const status = fn(...args, frame.second, frame.out, frame.error);
    if (status !== 0) throw failure(status, frame);
    return {
      session: this._newSession(frame.pointer(SECOND)),
      result: read(take(frame.pointer(OUT)), 0),
    };
  }
};

// koffi refuses more than 256 calls in flight, and Node's pool has 4 threads by default.
const MOST_IN_FLIGHT = 64;
let inFlight = 0;
const waiting = [];

function next() {
  while (inFlight < MOST_IN_FLIGHT && waiting.length > 0) {
    inFlight++;
    waiting.shift()();
  }
}

/** Runs a call on another thread, in turn; `frame` stays alive until it has returned. */
function later(frame, fn, args, finish) {
  return new Promise((resolve, reject) => {
    waiting.push(() => {
      const done = (broken, status) => {
        inFlight--;
        try {
          if (broken) reject(broken);
          else if (status !== 0) reject(failure(status, frame));
          else resolve(finish(frame));
        } catch (error) {
          reject(error);
        }
        next();
      };
      try {
        fn.async(...args, done);
      } catch (error) {
        done(error);
      }
    });
    next();
  });
}

/** Calls that give promises. */
const Async = (Base) => class extends Base {
  _frame() {
    return new Frame(512).reset();
  }

  _void(frame, fn, args) {
    return later(frame, fn, [...args, frame.error], () => undefined);
  }

  _result(frame, read, fn, args) {
    return later(frame, fn, [...args, frame.out, frame.error],
      () => read(take(frame.pointer(OUT)), 0));
  }

  _value(frame, read, fn, args) {
    return later(frame, fn, [...args, frame.out, frame.error], () => read(frame));
  }

  _session(frame, fn, args) {
    return later(frame, fn, [...args, frame.out, frame.error],
      () => this._newSession(frame.pointer(OUT)));
  }

  _sessionAnd(frame, read, fn, args) {
    return later(frame, fn, [...args, frame.second, frame.out, frame.error], () => ({
      session: this._newSession(frame.pointer(SECOND)),
      result: read(take(frame.pointer(OUT)), 0),
    }));
  }
};

module.exports = { Sync, Async };
