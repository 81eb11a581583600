// Every marked line must be refused: an unused mark is an error itself.
import { Money, open } from 'libshop';
import * as promises from 'libshop/promises';

const shop = open(':memory:');
const host = shop.host();

// @ts-expect-error a name is needed
host.catalog.createCategory({});
// @ts-expect-error a misspelt option
host.catalog.createCategory({ name: 'x', parent: 1 });
// @ts-expect-error a name is text
host.catalog.createCategory({ name: 5 });
// @ts-expect-error an id is a number
host.catalog.categories('1');
// @ts-expect-error money needs a currency
new Money('19.99');
// @ts-expect-error results are read-only
host.catalog.category('x').name = 'y';
// @ts-expect-error there is no such role
host.who().role === 'emperor';
// @ts-expect-error it may be absent
host.catalog.category('x').parentId.toFixed();
// @ts-expect-error a promise has no slug
promises.open(':memory:').slug;
// @ts-expect-error times are Dates
open(':memory:', { manualClock: 0 });
