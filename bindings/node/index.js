'use strict';

// Calls at once, like better-sqlite3. With promises: require('libshop/promises').

const { make } = require('./lib/handles.js');
const { Sync } = require('./lib/calls.js');
const { Rows } = require('./lib/rows.js');
const { Money } = require('./lib/money.js');
const { classes } = require('./lib/errors.js');

const { Shop, Session, open, openImage, restore } = make(Sync, Rows, false);

module.exports = { open, openImage, restore, Shop, Session, Rows, Money, ...classes };
