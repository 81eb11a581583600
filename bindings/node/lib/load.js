'use strict';

// Finds the shared library, and refuses one that speaks another language than this package.

const fs = require('node:fs');
const path = require('node:path');
const koffi = require('koffi');
const abi = require('./abi.js');

function libraryPath() {
  if (process.env.LIBSHOP_LIBRARY) return process.env.LIBSHOP_LIBRARY;
  const name = process.platform === 'darwin' ? 'libshop.1.dylib' : 'libshop.so.1';
  const packaged = path.join(__dirname, '..', 'native', name);
  return fs.existsSync(packaged) ? packaged : name;
}

function load() {
  const from = libraryPath();
  let opened;
  try {
    opened = koffi.load(from);
  } catch (error) {
    throw new Error(
      `cannot load ${from}: ${error.message}; set LIBSHOP_LIBRARY to the path of libshop.so.1`);
  }
  const lib = {};
  for (const [name, [result, parameters]] of Object.entries(abi.functions)) {
    try {
      lib[name] = opened.func(name, result, parameters);
    } catch (error) {
      throw new Error(`this libshop is too old: ${error.message}`);
    }
  }
  return lib;
}

exports.lib = load();
exports.addressOf = (buffer) => Number(koffi.address(buffer));
