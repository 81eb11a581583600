'use strict';

// run.js <shop.json> <scenario.json>...: the scenarios through the Node package's classes.

const fs = require('node:fs');
const path = require('node:path');
const libshop = require(path.join(__dirname, '../../bindings/node'));
const { Money } = libshop;

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const api = read(process.argv[2]);
const lower = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

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
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [snake(k), toJson(v)]));
  }
  return value === undefined ? null : value;
}

function difference(expected, found, at) {
  const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);
  if (isObject(expected) && isObject(found)) {
    for (const [key, value] of Object.entries(expected)) {
      if (!(key in found)) return `${at}.${key} is missing`;
      const inner = difference(value, found[key], `${at}.${key}`);
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

class Runner {
  constructor(scenario) {
    this.shop = libshop.open(':memory:', members('shop_open_input', scenario.open ?? {}));
    this.sessions = { host: this.shop.host(), guest: this.shop.guest() };
    this.variables = {};
  }

  filled(value) {
    if (typeof value === 'string' && value.startsWith('$')) return this.variables[value.slice(1)];
    if (Array.isArray(value)) return value.map((each) => this.filled(each));
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.filled(v)]));
    }
    return value;
  }

  call(step) {
    const fn = api.functions[step.call];
    const given = this.filled(step.args ?? {});
    if (step.call === 'shop_engine_now') return this.shop.clock.now;
    if (step.call === 'shop_engine_set_time') {
      return this.shop.clock.set(new Date(given.now / 1000));
    }
    if (step.call === 'shop_engine_advance') {
      return this.shop.clock.advance({ milliseconds: given.microseconds / 1000 });
    }
    const actor = fn.params[0].type === 'handle:shop_engine' ? this.shop
      : this.sessions[step.as ?? 'host'];
    const own = `handle:shop_${fn.module}` === fn.params[0].type;
    const owner = own ? actor : actor[lower(fn.module)];
    const inputs = fn.params.filter((p) => p.role === 'in');
    const records = inputs.filter((p) => p.type.startsWith('record:') &&
      p.type !== 'record:shop_page_query');
    const spread = records.length === 1 && this.spreads(fn, inputs, records[0]) ? records[0] : null;
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
    return fn.params.filter((p) => p.role === 'out').at(-1)?.type.startsWith('page:') ?? false;
  }

  /** Whether the members of the input record are the method's options. */
  spreads(fn, inputs, record) {
    const names = api.structs[record.type.split(':')[1]].members.map((m) => m.name);
    return !names.includes('page') && !(this.paged(fn) && names.includes('limit')) &&
      !inputs.some((p) => p !== record && names.includes(p.name));
  }

  step(step) {
    let made;
    try {
      made = this.call(step);
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
      this.variables[name] = where.split('/').reduce((value, part) => value[part], found);
    }
    if ('expect' in step) {
      const wrong = difference(this.filled(step.expect), found, 'result');
      if (wrong) throw new Error(wrong);
    }
  }
}

let failures = 0;
const files = process.argv.slice(3);
for (const file of files) {
  const scenario = read(file);
  const runner = new Runner(scenario);
  for (const [i, step] of scenario.steps.entries()) {
    try {
      runner.step(step);
    } catch (error) {
      console.log(`${file}: step ${i + 1} (${step.call}): ${error.stack}`);
      failures++;
      break;
    }
  }
}
console.log(`${files.length} scenarios, ${failures} failed`);
process.exitCode = failures ? 1 : 0;
