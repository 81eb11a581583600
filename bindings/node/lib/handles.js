'use strict';

// The objects that hold a handle. Made twice: for calls at once, and for promises.

const { lib, addressOf } = require('./load.js');
const { build } = require('./modules.js');
const { argI64, argTime } = require('./frame.js');
const { i64Out, timeOut } = require('./block.js');
const types = require('./types.js');

const dispose = Symbol.dispose ?? Symbol.for('nodejs.dispose');
const asyncDispose = Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose');

/** Closes what was forgotten, when it is collected. */
const forgotten = new FinalizationRegistry(({ handle, close }) => close(handle, 0));

class Handle {
  _opened(handle, close) {
    this._handle = handle;
    this._closing = close;
    forgotten.register(this, { handle, close }, this);
  }

  get closed() {
    return this._handle === 0;
  }

  _release() {
    const handle = this._handle;
    this._handle = 0;
    forgotten.unregister(this);
    return handle;
  }
}

class Member {
  constructor(owner) {
    this._owner = owner;
  }

  get _handle() {
    return this._owner._handle;
  }

  _newSession(handle) {
    return this._owner._newSession(handle);
  }

  _rows(limit, fetch) {
    return this._owner._rows(limit, fetch);
  }
}

function lazy(target, modules) {
  for (const [name, Module] of Object.entries(modules)) {
    Object.defineProperty(target, name, {
      get() {
        const made = new Module(this);
        Object.defineProperty(this, name, { value: made });
        return made;
      },
    });
  }
}

/** Makes Shop, Session and the rest over `Calls`; `Rows` says how lists are walked. */
function make(Calls, Rows, isAsync) {
  const Base = Calls(Handle);
  Base.prototype._rows = (limit, fetch) => new Rows(limit, fetch);
  const made = build({
    Module: Calls(Member), ShopModule: Calls(Member), EngineBase: Base, SessionBase: Base,
  });

  made.CartModule.prototype.checkout = function checkout(key, options = {}) {
    return this._owner.orders.place({ ...options, idempotencyKey: key });
  };

  const { add } = made.CartModule.prototype;
  made.CartModule.prototype.add = function addVariantOrSku(options) {
    const sku = options?.variantId;
    if (typeof sku !== 'string') return add.call(this, options);
    const put = (product) => add.call(this, {
      ...options, variantId: product.variants.find((variant) => variant.sku === sku).id,
    });
    const product = this._owner.catalog.productBySku(sku);
    return isAsync ? product.then(put) : put(product);
  };

  class Session extends made.SessionMethods {
    constructor(shop, handle) {
      super();
      this.shop = shop;
      this._opened(handle, lib.shop_session_close);
    }

    close() {
      if (this._handle === 0) return isAsync ? Promise.resolve() : undefined;
      return this._void(this._frame(), lib.shop_session_close, [this._release()]);
    }

    _newSession(handle) {
      return new Session(this.shop, handle);
    }
  }

  class Clock {
    constructor(shop) {
      this._shop = shop;
    }

    get now() {
      return this._shop._value(this._shop._frame(), timeOut, lib.shop_engine_now,
        [this._shop._handle]);
    }

    set(now) {
      return this._shop._void(this._shop._frame(), lib.shop_engine_set_time,
        [this._shop._handle, argTime(now, 'now')]);
    }

    advance({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }) {
      const span = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
      return this._shop._void(this._shop._frame(), lib.shop_engine_advance,
        [this._shop._handle, argI64(Math.round(span * 1000), 'span')]);
    }
  }

  class Shop extends made.EngineMethods {
    constructor(handle) {
      super();
      this.clock = new Clock(this);
      this._opened(handle, lib.shop_engine_close);
    }

    host() {
      return this._session(this._frame(), lib.shop_session_host, [this._handle]);
    }

    guest() {
      return this._session(this._frame(), lib.shop_session_guest, [this._handle]);
    }

    login(login, password, options = {}) {
      const logIn = (guest) => guest.accounts.logIn({ ...options, login, password });
      if (isAsync) return this.guest().then(logIn).then(({ session }) => session);
      return logIn(this.guest()).session;
    }

    fork() {
      return opened(this, lib.shop_engine_fork, [this._handle]);
    }

    close() {
      if (this._handle === 0) return isAsync ? Promise.resolve() : undefined;
      return this._void(this._frame(), lib.shop_engine_close, [this._release()]);
    }

    _newSession(handle) {
      return new Session(this, handle);
    }
  }

  for (const kind of [Shop, Session]) {
    const key = isAsync ? asyncDispose : dispose;
    kind.prototype[key] = function close() {
      return this.close();
    };
  }
  lazy(Shop.prototype, made.shopModules);
  lazy(Session.prototype, made.sessionModules);

  /** Calls through any object that can; the engine's handle becomes a Shop. */
  const caller = new (Calls(class {}))();
  function opened(_, fn, args, frame = caller._frame()) {
    const value = caller._value(frame, i64Out, fn, args);
    return isAsync ? value.then((handle) => new Shop(handle)) : new Shop(value);
  }

  function cOptions(frame, options) {
    const { busyTimeoutMs, utcOffsetMinutes, ...rest } = options;
    return types.pack_shop_open_input(frame, { busyTimeoutMs, utcOffsetMinutes, ...rest });
  }

  function open(path, options = {}) {
    const frame = caller._frame();
    const packed = cOptions(frame, options);
    if (path === ':memory:') return opened(null, lib.shop_engine_open_memory, [packed], frame);
    return opened(null, lib.shop_engine_open, [frame.string(path, 'path'), packed], frame);
  }

  function restore(backup, path, options = {}) {
    const frame = caller._frame();
    const packed = cOptions(frame, options);
    const paths = [frame.string(backup, 'backup'), frame.string(path, 'path')];
    return opened(null, lib.shop_engine_restore, [...paths, packed], frame);
  }

  function openImage(image, options = {}) {
    const frame = caller._frame();
    if (!(image instanceof Uint8Array)) throw new TypeError('image must be a Uint8Array');
    const packed = cOptions(frame, options);
    frame.kept.push(image);
    const bytes = [addressOf(image), image.length];
    return opened(null, lib.shop_engine_open_image, [...bytes, packed], frame);
  }

  return { Shop, Session, open, openImage, restore, classes: made };
}

module.exports = { make, Handle };
