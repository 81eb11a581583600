import { Code } from './types.js';

/** An exact amount in a currency: `new Money('19.99', 'GBP')`. */
export class Money {
  constructor(amount: string | number, currency: string);
  /** From pence, cents or yen. */
  static fromMinor(minor: bigint | number, currency: string): Money;
  /** Pence, cents or yen. */
  readonly minor: bigint;
  /** The same as a number; exact, as amounts stay below 2^53. */
  readonly units: number;
  /** ISO 4217. */
  readonly currency: string;
  /** In the currency's decimals: `'19.99'`. */
  readonly amount: string;
  /** As people of a locale write it: `'£19.99'`. */
  format(locale?: string): string;
  equals(other: Money): boolean;
  toString(): string;
  toJSON(): { amount: string; currency: string };
}

/** One page of a list. */
export interface Page<T> {
  readonly items: T[];
  /** Give it as `cursor` to read on; null on the last page. */
  readonly nextCursor: string | null;
  /** How many rows match, when it was asked for. */
  readonly total: number | null;
}

/** How many rows a list reads at once. */
export interface Limit {
  /** 1 to 500, by default 50. */
  limit?: number | undefined;
}

/** Which page of a list to read. */
export interface PageOptions extends Limit {
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined;
  /** Also count all rows that match. */
  withTotal?: boolean | undefined;
}

/** One thing that is wrong. */
export interface Detail {
  /** The failing field, e.g. `lines[2].quantity`; empty for the whole call. */
  readonly path: string;
  /** Machine code, e.g. `required` or `too_long`. */
  readonly code: string;
  /** English, for a developer or a log. */
  readonly message: string;
  /** The numbers of it, e.g. `{ available: '3' }`. */
  readonly params: Readonly<Record<string, string>>;
}

/** A refused call; the shop is exactly as before it. */
export class ShopError extends Error {
  readonly code: Code;
  readonly status: number;
  readonly details: readonly Detail[];
}

/** How to open a shop. */
export interface OpenOptions {
  /** Do not make the shop when there is none. */
  mustExist?: boolean;
  /** Refuse every change. */
  readOnly?: boolean;
  /** Wait at most this long for another program's write; by default 5000. */
  busyTimeoutMs?: number;
  /** How much of a power cut a commit survives; by default `full`. */
  durability?: 'full' | 'normal';
  /** Of a new shop, by default EUR; must fit an existing one's. */
  currency?: string;
  /** Of a new shop's calendar days. */
  utcOffsetMinutes?: number;
  /** Hold the time here until it is moved; for tests. */
  manualClock?: Date;
  /** With the clock held, makes the same calls give the same bytes; for tests only. */
  randomSeed?: number;
}

/** A span of time. */
export interface Span {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
  milliseconds?: number;
}
