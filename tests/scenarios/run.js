'use strict';

// run.js <shop.json> <scenario.json>...: the scenarios through the Node package's classes.

const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const libshop = require(path.join(__dirname, '../../bindings/node'));
const { Money } = libshop;

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const api = read(process.argv[2]);
const lower = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
/** The name that a member has in JavaScript, or in an object that was JSON. */
const nameIn = (object, name) => (name in object ? name : lower(name));

/** What the scenario says, as the package wants it. */
function toNode(type, value) {
  const [kind, name] = type.split(':');
  if (value === null) return null;
  if (kind === 'money') return Money.fromMinor(value.minor, value.currency ?? '');
  if (kind === 'time') return new Date(value / 1000);
  if (kind === 'record') return members(name, value);
  if (kind === 'list') {
    return value.map((each) => toNode(`record:${api.structs[name].item}`, each));
  }
  if (kind === 'bytes' || kind === 'data') return Buffer.from(value);
  return value;
}

function members(struct, value) {
  const types = Object.fromEntries(api.structs[struct].members.map((m) => [m.name, m.type]));
  return Object.fromEntries(Object.entries(value)
    .map(([name, each]) => [lower(name), toNode(types[name] ?? 'str', each)]));
}

function toJson(value) {
  if (value instanceof Money) return { minor: value.units, currency: value.currency };
  if (value instanceof Date) return value.getTime() * 1000;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJson(v)]));
  }
  return value === undefined ? null : value;
}

function difference(expected, found, at) {
  const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);
  if (isObject(expected) && isObject(found)) {
    for (const [key, value] of Object.entries(expected)) {
      const name = nameIn(found, key);
      if (!(name in found)) return `${at}.${key} is missing`;
      const inner = difference(value, found[name], `${at}.${key}`);
      if (inner) return inner;
    }
    return '';
  }
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) {
    for (let i = 0; i < expected.length; i++) {
      const inner = difference(expected[i], found[i], `${at}[${i}]`);
      if (inner) return inner;
    }
    return '';
  }
  return expected === found ? ''
    : `${at}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
}

/** "a/0/b" leads into objects, lists and text that is JSON. */
function foundAt(value, where) {
  for (const part of where === '' ? [] : where.split('/')) {
    const at = typeof value === 'string' ? JSON.parse(value) : value;
    value = at[nameIn(at, part)];
  }
  return value;
}

function totp(secret, now) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c)
    .toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 30000)));
  const digest = crypto.createHmac('sha1', key).update(counter).digest();
  const code = (digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff) % 1000000;
  return String(code).padStart(6, '0');
}

const rows = (found) => found?.items ?? found;

function wrongRows(step, expected, found) {
  if ('count' in step && rows(found).length !== step.count) {
    return `expected ${step.count} rows, found ${JSON.stringify(found)}`;
  }
  if (expected === undefined) return '';
  if (typeof found === 'string') {
    return found.includes(expected) ? '' : `no ${expected} in ${found}`;
  }
  return rows(found).some((row) => !difference(expected, row, '')) ? ''
    : `no row ${JSON.stringify(expected)} in ${JSON.stringify(found)}`;
}

class Runner {
  constructor(scenario, folder) {
    this.shops = {};
    this.sessions = {};
    this.variables = { folder };
    this.open('', scenario.open ?? {});
  }

  open(name, options) {
    const shop = libshop.open(':memory:', members('shop_open_input', options));
    const prefix = name ? `${name}.` : '';
    this.shops[name] = shop;
    this.sessions[`${prefix}host`] = shop.host();
    this.sessions[`${prefix}guest`] = shop.guest();
  }

  filled(value) {
    if (typeof value === 'string') {
      if (value.startsWith('$totp:')) {
        return totp(this.variables[value.slice(6)], this.shops[''].clock.now);
      }
      if (/^\$[^{]/.test(value)) return this.variables[value.slice(1)];
      return value.replace(/\$\{(\w+)\}/g, (_, name) => this.variables[name]);
    }
    if (Array.isArray(value)) return value.map((each) => this.filled(each));
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.filled(v)]));
    }
    return value;
  }

  call(step, who) {
    const shop = this.shops[step.shop ?? ''];
    const fn = api.functions[step.call];
    const given = this.filled(step.args ?? {});
    if (step.call === 'shop_engine_now') return shop.clock.now;
    if (step.call === 'shop_engine_set_time') {
      return shop.clock.set(new Date(given.now / 1000));
    }
    if (step.call === 'shop_engine_advance') {
      return shop.clock.advance({ milliseconds: given.microseconds / 1000 });
    }
    const actor = fn.params[0].type === 'handle:shop_engine' ? shop : this.sessions[who];
    const own = `handle:shop_${fn.module}` === fn.params[0].type;
    const owner = own ? actor : actor[lower(fn.module)];
    const inputs = fn.params.filter((p) => p.role === 'in');
    const spread = inputs.find((p) => p.name === fn.spread) ?? null;
    const paged = this.paged(fn);
    const plain = inputs.filter((p) => p !== spread &&
      !(paged && p.type === 'record:shop_page_query'));
    const valueOf = (p) => {
      const value = given[p.name] ?? null;
      return p.type === 'data' && p.c.startsWith('const char') ? value : toNode(p.type, value);
    };
    const maybe = plain.filter((p) => p.nullable);
    const args = [...plain.filter((p) => !p.nullable), ...(spread ? [] : maybe)].map(valueOf);
    const extra = Object.fromEntries(maybe.map((p) => [lower(p.name), valueOf(p)]));
    if (spread) {
      const own = members(spread.type.split(':')[1], given[spread.name] ?? {});
      args.push({ ...own, ...extra });
    }
    const made = owner[lower(fn.verb)](...args);
    return paged ? made.page(members('shop_page_query', given.page ?? {})) : made;
  }

  /** Whether the method gives rows that are read page by page. */
  paged(fn) {
    return fn.params.some((p) => p.type === 'record:shop_page_query') &&
      (fn.params.filter((p) => p.role === 'out').at(-1)?.type.startsWith('page:') ?? false);
  }

  perform(step) {
    if (step.open) {
      this.open(step.shop, step.open);
      return;
    }
    for (const actor of [step.as ?? 'host'].flat()) this.step(step, actor);
  }

  step(step, actor) {
    let made;
    try {
      made = this.call(step, actor);
    } catch (error) {
      if (!(error instanceof libshop.ShopError) || !step.error) throw error;
      const wrong = difference(this.filled(step.error),
        { code: error.code, message: error.message, details: error.details }, 'error');
      if (wrong) throw new Error(wrong);
      return;
    }
    if (step.error) throw new Error('succeeded, where an error was expected');
    if (made instanceof libshop.Session) {
      this.sessions[step.session] = made;
      return;
    }
    if (made && made.session instanceof libshop.Session) {
      this.sessions[step.session] = made.session;
      made = made.result;
    }
    const found = toJson(made);
    for (const [name, where] of Object.entries(step.save ?? {})) {
      this.variables[name] = foundAt(found, where);
    }
    if ('expect' in step) {
      const wrong = difference(this.filled(step.expect), found, 'result');
      if (wrong) throw new Error(wrong);
    }
    const wrong = wrongRows(step, this.filled(step.contains), found);
    if (wrong) throw new Error(wrong);
  }
}

let failures = 0;
const files = process.argv.slice(3);
for (const file of files) {
  const scenario = read(file);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scenario-'));
  const runner = new Runner(scenario, folder);
  for (const [i, step] of scenario.steps.entries()) {
    try {
      runner.perform(step);
    } catch (error) {
      console.log(`${file}: step ${i + 1} (${step.call ?? 'open'}): ${error.stack}`);
      failures++;
      break;
    }
  }
  fs.rmSync(folder, { recursive: true });
}
console.log(`${files.length} scenarios, ${failures} failed`);
process.exitCode = failures ? 1 : 0;
