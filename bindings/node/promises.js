'use strict';

// The same as libshop, but each call runs on a thread of Node's pool and gives a promise.

const { make } = require('./lib/handles.js');
const { Async } = require('./lib/calls.js');
const { AsyncRows } = require('./lib/rows.js');
const { Money } = require('./lib/money.js');
const { classes } = require('./lib/errors.js');

const { Shop, Session, open, openImage, restore, classes: modules } = make(Async, AsyncRows, true);

/** What a call finds wrong before it starts is a rejection too. */
function rejecting(target, names) {
  for (const name of names) {
    const { value } = Object.getOwnPropertyDescriptor(target, name);
    if (typeof value !== 'function' || name.startsWith('_') || name === 'constructor') continue;
    target[name] = function call(...args) {
      try {
        return value.apply(this, args);
      } catch (error) {
        return Promise.reject(error);
      }
    };
  }
}

for (const made of [Shop, Session, ...Object.values(modules)]) {
  if (typeof made === 'function') {
    rejecting(made.prototype, Object.getOwnPropertyNames(made.prototype));
  }
}
const functions = { open, openImage, restore };
rejecting(functions, Object.keys(functions));

module.exports = { ...functions, Shop, Session, Rows: AsyncRows, Money, ...classes };
