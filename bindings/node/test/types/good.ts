// Must compile under --strict.
import { Category, Code, Money, NotFoundError, Page, Rows, Session, Shop, ShopError, open,
  openImage } from 'libshop';
import * as promises from 'libshop/promises';

const shop: Shop = open(':memory:', {
  currency: 'GBP', manualClock: new Date(), durability: 'full',
});
const host: Session = shop.host();
const made: Category = host.catalog.createCategory({ name: 'Shirts' });
const parent: number | null = made.parentId;
const children: Category[] = host.catalog.categories(parent);
const role: 'host' | string = host.who().role;
const minor: bigint = new Money('19.99', 'GBP').minor;
try {
  host.catalog.category('x');
} catch (error) {
  if (error instanceof NotFoundError) {
    const code: 'not_found' = error.code;
    console.log(code, error.details.map((detail) => detail.path));
  } else if (error instanceof ShopError) {
    const code: Code = error.code;
    console.log(code);
  }
}
shop.clock.advance({ days: 1 });
openImage(shop.serialize()).close();
console.log(children, role, minor);

declare const rows: Rows<Category>;
for (const row of rows) console.log(row.slug);
const page: Page<Category> = rows.page({ limit: 10, withTotal: true });
console.log(page.total, rows.first()?.name);

async function later(): Promise<number> {
  const other: promises.Shop = await promises.open(':memory:');
  const actor = await other.host();
  const categories: Category[] = await actor.catalog.categories();
  await other.close();
  return categories.length;
}
void later();
