// Vendure's services on SQLite by better-sqlite3, in this process and without HTTP.
//
//     vendure_side.js FOLDER FILE make     FOLDER's catalog
//     vendure_side.js FOLDER FILE SYNC     a side (sides.py)
//
// PEERS_MODULES names the folder whose node_modules has them.
"use strict";

process.env.VENDURE_DISABLE_TELEMETRY = "true";
process.env.NODE_ENV = "production";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const load = require("node:module").createRequire(path.join(process.env.PEERS_MODULES, "x.js"));
const core = load("@vendure/core");

const BUYERS = 16;
const PLENTY = 1_000_000;
const ADDRESS = {
  fullName: "A Buyer", streetLine1: "1 High Street", city: "London", postalCode: "N1 1AA",
  countryCode: "GB",
};
const [folder, file, what] = process.argv.slice(2);

function config() {
  const making = what === "make";
  return {
    apiOptions: { port: 0, hostname: "127.0.0.1" },
    authOptions: {
      tokenMethod: "bearer",
      superadminCredentials: { identifier: "root", password: "root" },
    },
    dbConnectionOptions: {
      type: "better-sqlite3",
      database: file,
      synchronize: making,
      logging: false,
      enableWAL: true,
      statementCacheSize: 1000,
      // The durability that is asked for; cache and checkpoints as libshop's writer has them.
      prepareDatabase: (db) => {
        db.pragma(`synchronous = ${making ? "OFF" : what}`);
        db.pragma("cache_size = -16384");
        db.pragma("wal_autocheckpoint = 4000");
      },
    },
    paymentOptions: { paymentMethodHandlers: [core.dummyPaymentHandler] },
    logger: new core.DefaultLogger({ level: core.LogLevel.Error }),
  };
}

function nowMs() {
  if (process.env.PEERS_CLOCK !== "cpu") return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function lines(name) {
  return fs.readFileSync(path.join(folder, name), "utf8").trim().split("\n");
}

// ---- The shop ------------------------------------------------------------------------

const INITIAL = {
  defaultLanguage: core.LanguageCode.en,
  defaultZone: "UK",
  countries: [{ name: "United Kingdom", code: "GB", zone: "UK" }],
  taxRates: [{ name: "None", percentage: 0 }],
  shippingMethods: [{ name: "Post", price: 500 }],
  paymentMethods: [{
    name: "Card",
    handler: {
      code: core.dummyPaymentHandler.code,
      arguments: [{ name: "automaticSettle", value: "true" }],
    },
  }],
  collections: [],
};

function writeCatalog(to) {
  const rows = lines("catalog.csv").slice(1).map((line) => {
    const [slug, title, price, sku, description] = line.split(",");
    return [title, slug, description, "", "", "", "", sku, price, "None", PLENTY, "true", "", ""];
  });
  const head = ["name", "slug", "description", "assets", "facets", "optionGroups", "optionValues",
    "sku", "price", "taxCategory", "stockOnHand", "trackInventory", "variantAssets",
    "variantFacets"];
  fs.writeFileSync(to, [head, ...rows].map((row) => row.join(",")).join("\n") + "\n");
}

async function make() {
  const { populate } = load("@vendure/core/cli");
  const catalog = path.join(folder, "vendure.csv");
  writeCatalog(catalog);
  const app = await populate(() => core.bootstrap(config()), INITIAL, catalog);
  const ctx = await app.get(core.RequestContextService).create({ apiType: "admin" });
  for (let i = 0; i < BUYERS; ++i) {
    const made = await app.get(core.CustomerService).create(
      ctx, { firstName: "Buyer", lastName: `${i}`, emailAddress: `buyer${i}@example.com` },
      `password${i}`);
    if (made.errorCode) throw new Error(made.message);
  }
  await app.get(core.TransactionalConnection).rawConnection.query("ANALYZE");
  await app.close();
}

// ---- The side ------------------------------------------------------------------------

class Side {
  constructor(app) {
    this.contexts = app.get(core.RequestContextService);
    this.connection = app.get(core.TransactionalConnection);
    this.products = app.get(core.ProductService);
    this.orders = app.get(core.OrderService);
    this.slugs = lines("slugs.txt");
    this.baskets = lines("baskets.txt").map((line) => line.split(" ").map(Number));
  }

  async prepare() {
    const rows = (entity, options) => this.connection.rawConnection.getRepository(entity)
      .find({ order: { id: "ASC" }, ...options });
    const variants = await rows(core.ProductVariant, { select: { id: true, sku: true } });
    const bySku = new Map(variants.map((each) => [each.sku, each.id]));
    this.variants = lines("catalog.csv").slice(1).map((line) => bySku.get(line.split(",")[3]));
    const users = await rows(core.User, { relations: { roles: { channels: true } } });
    this.users = users.filter((each) => each.identifier.startsWith("buyer"));
    [this.shipping] = await rows(core.ShippingMethod);
    [this.payment] = await rows(core.PaymentMethod);
    const countries = await this.orders.countryService.findAllAvailable(await this.context(0));
    if (this.users.length !== BUYERS || this.variants.includes(undefined) || !countries.length) {
      throw new Error("not the shop that was made");
    }
  }

  user(turn) {
    return this.users[turn % BUYERS];
  }

  items(turn) {
    const numbers = this.baskets[turn % this.baskets.length];
    return [0, 2, 4].map((i) => ({
      productVariantId: this.variants[numbers[i]], quantity: numbers[i + 1],
    }));
  }

  context(turn) {
    return this.contexts.create({ apiType: "shop", user: this.user(turn) });
  }

  // What a mutation of the Shop API is: a context and a transaction around one call.
  async mutate(turn, work) {
    const result = await this.connection.withTransaction(await this.context(turn), work);
    if (result.errorCode) throw new Error(`${result.errorCode}: ${result.message}`);
    return result;
  }

  startOrder(turn) {
    return this.mutate(turn, (ctx) => this.orders.create(ctx, this.user(turn).id));
  }

  async slug(turn) {
    const slug = this.slugs[turn % this.slugs.length];
    const product = await this.products.findOneBySlug(await this.context(turn), slug);
    if (product.slug !== slug) throw new Error("not found");
  }

  async emptyCarts() {
    this.carts = [];
    for (let i = 0; i < BUYERS; ++i) this.carts.push((await this.startOrder(i)).id);
  }

  add(turn) {
    const [{ productVariantId, quantity }] = this.items(turn);
    return this.mutate(turn, (ctx) => this.orders.addItemToOrder(
      ctx, this.carts[turn % BUYERS], productVariantId, quantity));
  }

  async purchase(turn) {
    const { id } = await this.startOrder(turn);
    const { orders } = this;
    const added = await this.mutate(turn, (ctx) => orders.addItemsToOrder(
      ctx, id, this.items(turn)));
    if (added.errorResults.length) throw new Error(added.errorResults[0].message);
    await this.mutate(turn, (ctx) => orders.setShippingAddress(ctx, id, ADDRESS));
    await this.mutate(turn, (ctx) => orders.setShippingMethod(ctx, id, [this.shipping.id]));
    await this.mutate(turn, (ctx) => orders.transitionToState(ctx, id, "ArrangingPayment"));
    const order = await this.mutate(turn, (ctx) => orders.addPaymentToOrder(
      ctx, id, { method: this.payment.code, metadata: {} }));
    if (order.state !== "PaymentSettled" || order.lines.length !== 3) {
      throw new Error(`an order of ${order.lines.length} lines is ${order.state}`);
    }
  }
}

async function serve() {
  const worker = await core.bootstrapWorker(config());
  const side = new Side(worker.app);
  await side.prepare();
  const works = {
    slug: { op: (turn) => side.slug(turn), batch: 4 * BUYERS },
    add: { op: (turn) => side.add(turn), batch: 4 * BUYERS, prepare: () => side.emptyCarts() },
    purchase: { op: (turn) => side.purchase(turn), batch: BUYERS },
  };
  const version = (name) => load(`${name}/package.json`).version;
  const [{ sqlite }] = await side.connection.rawConnection.query(
    "SELECT sqlite_version() AS sqlite");
  console.log(`Vendure ${version("@vendure/core")}, Node ${process.versions.node}, ` +
    `better-sqlite3 ${version("better-sqlite3")}, SQLite ${sqlite}`);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, limit] = line.split(" ");
    const work = works[name];
    work.turn ??= 0;
    const first = work.turn;
    let spent = 0;
    while (spent < Number(limit)) {
      await work.prepare?.();
      const start = nowMs();
      for (let i = 0; i < work.batch; ++i) await work.op(work.turn++);
      spent += nowMs() - start;
    }
    console.log(`${work.turn - first} ${spent / 1000}`);
  }
  process.exit(0);
}

(what === "make" ? make().then(() => process.exit(0)) : serve()).catch((error) => {
  console.error(error);
  process.exit(1);
});
