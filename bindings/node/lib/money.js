'use strict';

const { lib } = require('./load.js');
const { addressOf } = require('./load.js');

const exponents = new Map();

/** How many decimals a currency has: 2 for GBP, 0 for JPY, 3 for KWD. */
function exponent(currency) {
  let found = exponents.get(currency);
  if (found === undefined) {
    const code = Buffer.from(`${currency}\0`, 'latin1');
    found = lib.shop_currency_exponent(addressOf(code));
    if (found < 0) throw new RangeError(`${currency} is not an ISO 4217 currency`);
    exponents.set(currency, found);
  }
  return found;
}

/** An exact amount in a currency: `new Money('19.99', 'GBP')`. */
class Money {
  constructor(amount, currency) {
    const decimals = exponent(currency);
    const text = Number.isSafeInteger(amount) ? String(amount) : amount;
    const match = typeof text === 'string' && /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
    if (!match) {
      throw new TypeError(`an amount is text such as '19.99', got ${String(amount)}`);
    }
    const [, sign, whole, fraction = ''] = match;
    if (fraction.replace(/0+$/, '').length > decimals) {
      throw new RangeError(`${amount} is not a whole number of ${currency} minor units`);
    }
    const units = Number(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
    if (!Number.isSafeInteger(units)) throw new RangeError(`${amount} is too large`);
    this.units = sign && units ? -units : units;
    this.currency = currency;
  }

  /** From pence, cents or yen. */
  static fromMinor(minor, currency) {
    const units = Number(minor);
    if (!Number.isSafeInteger(units)) throw new RangeError(`${minor} is no whole amount`);
    return Money.of(units, String(currency));
  }

  static of(units, currency) {
    return new Made(units, currency);
  }

  /** Pence, cents or yen. */
  get minor() {
    return BigInt(this.units);
  }

  /** In the currency's decimals: '19.99'. */
  get amount() {
    const decimals = exponent(this.currency);
    const digits = String(Math.abs(this.units)).padStart(decimals + 1, '0');
    const split = digits.length - decimals;
    const text = decimals ? `${digits.slice(0, split)}.${digits.slice(split)}` : digits;
    return this.units < 0 ? `-${text}` : text;
  }

  /** As people of a locale write it: '£19.99'. */
  format(locale) {
    return new Intl.NumberFormat(locale, { style: 'currency', currency: this.currency })
      .format(this.amount);
  }

  equals(other) {
    return other instanceof Money && other.units === this.units && other.currency === this.currency;
  }

  toString() {
    return `${this.amount} ${this.currency}`;
  }

  toJSON() {
    return { amount: this.amount, currency: this.currency };
  }
}

/** Makes Money without reading text; quicker than Object.create. */
function Made(units, currency) {
  this.units = units;
  this.currency = currency;
}
Made.prototype = Money.prototype;

module.exports = { Money };
