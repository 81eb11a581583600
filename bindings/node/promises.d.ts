import { LogInInput } from './lib/types.js';
import { OpenOptions, Page, PageOptions, Span } from './lib/base.js';
import {
  EngineMethods, SessionMethods, SessionModules, ShopModules,
} from './lib/promise-modules.js';

export * from './lib/types.js';
export * from './lib/errors.js';
export { Detail, OpenOptions, PageOptions, Span } from './lib/base.js';

/** A list that is read page by page while it is walked: `for await (const row of rows)`. */
export class Rows<T> implements AsyncIterable<T> {
  private constructor();
  /** One page. */
  page(options?: PageOptions): Promise<Page<T>>;
  pages(): AsyncIterableIterator<Page<T>>;
  [Symbol.asyncIterator](): AsyncIterator<T>;
  /** The first row, null if there is none. */
  first(): Promise<T | null>;
  /** How many rows there are. */
  total(): Promise<number>;
  toArray(): Promise<T[]>;
}

/** The shop's clock; one that was opened with `manualClock` can be moved. */
export interface Clock {
  /** What time it is in the shop. */
  readonly now: Promise<Date>;
  /** Moves a held clock to a time. */
  set(now: Date): Promise<void>;
  /** Moves a held clock by a span. */
  advance(span: Span): Promise<void>;
}

export interface Session extends SessionModules, SessionMethods {}
/** One actor on a shop. Its modules say what the actor can do. */
export class Session {
  private constructor();
  readonly shop: Shop;
  readonly closed: boolean;
  /** Gives the session back. Closing twice is fine. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Shop extends ShopModules, EngineMethods {}
/** An opened shop. */
export class Shop {
  private constructor();
  readonly clock: Clock;
  readonly closed: boolean;
  /** The actor for what the program does in its own name. It may do everything. */
  host(): Promise<Session>;
  /** Somebody who has not logged in. */
  guest(): Promise<Session>;
  /** A session of somebody with an account; `guest().accounts.logIn` also gives the tokens. */
  login(login: string, password: string,
    options?: Omit<LogInInput, 'login' | 'password'>): Promise<Session>;
  /** An independent copy in memory; a held clock starts where it is now. */
  fork(): Promise<Shop>;
  /** Closes the shop; its sessions are closed with it. Closing twice is fine. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens the shop in a file, or makes it; `':memory:'` is a shop that is gone when closed. */
export function open(path: string, options?: OpenOptions): Promise<Shop>;
/** Makes a shop at `path` out of a backup, sealed or not, and opens it. */
export function restore(backup: string, path: string, options?: OpenOptions): Promise<Shop>;
/** Opens a shop in memory that starts as what `Shop.serialize` gave. */
export function openImage(image: Uint8Array, options?: OpenOptions): Promise<Shop>;
