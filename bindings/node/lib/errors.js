'use strict';

const abi = require('./abi.js');
const { lib } = require('./load.js');

/** A refused call; the shop is exactly as before it. */
class ShopError extends Error {
  constructor(message, details = []) {
    super(message);
    this.details = details;
  }
}
Object.defineProperty(ShopError.prototype, 'name', {
  get() {
    return this.constructor.name;
  },
});

const classes = { ShopError };
const byStatus = new Map();

function camel(name) {
  return name.replace(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase());
}

function add(status, code) {
  const name = `${camel(code)}Error`;
  const made = { [name]: class extends ShopError {} }[name];
  Object.defineProperties(made.prototype, {
    code: { value: code, enumerable: true },
    status: { value: status, enumerable: true },
  });
  byStatus.set(status, made);
  return made;
}

for (const [status, code] of Object.entries(abi.codes)) {
  if (code !== 'ok') classes[`${camel(code)}Error`] = add(Number(status), code);
}

/** The class of a code; made on the spot for one that this package does not know yet. */
function errorClass(status) {
  return byStatus.get(status) ?? add(status, lib.shop_status_name(status));
}

/** An error that the package itself finds before a call. */
function codeError(code, message) {
  return new classes[`${camel(code)}Error`](message);
}

module.exports = { ShopError, classes, errorClass, codeError };
