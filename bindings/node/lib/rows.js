'use strict';

/** A list that is read page by page while it is walked. */
class Rows {
  constructor(limit, fetch) {
    this._limit = limit;
    this._fetch = fetch;
  }

  page({ cursor, limit = this._limit, withTotal } = {}) {
    return this._fetch({ cursor, limit, withTotal });
  }

  *pages() {
    let cursor;
    do {
      const page = this.page({ cursor });
      yield page;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  *[Symbol.iterator]() {
    for (const page of this.pages()) yield* page.items;
  }

  first() {
    return this.page({ limit: 1 }).items[0] ?? null;
  }

  total() {
    return this.page({ limit: 1, withTotal: true }).total ?? 0;
  }

  toArray() {
    return [...this];
  }
}

/** The same with promises. */
class AsyncRows {
  constructor(limit, fetch) {
    this._limit = limit;
    this._fetch = fetch;
  }

  async page({ cursor, limit = this._limit, withTotal } = {}) {
    return this._fetch({ cursor, limit, withTotal });
  }

  async *pages() {
    let cursor;
    do {
      const page = await this.page({ cursor });
      yield page;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  async *[Symbol.asyncIterator]() {
    for await (const page of this.pages()) yield* page.items;
  }

  async first() {
    return (await this.page({ limit: 1 })).items[0] ?? null;
  }

  async total() {
    return (await this.page({ limit: 1, withTotal: true })).total ?? 0;
  }

  async toArray() {
    const rows = [];
    for await (const row of this) rows.push(row);
    return rows;
  }
}

module.exports = { Rows, AsyncRows };
