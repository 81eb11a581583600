#!/bin/sh
# npm_pack.sh <libshop.so> <node> <package folder>
# Packs the package with the library inside, installs it into an empty folder and uses it there.
# Its one dependency is taken from the package's own node_modules: no network.
set -eu
library=$1 node=$2 package=$3
[ -d "$package/node_modules/koffi" ] || { echo "run npm ci in $package first"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mkdir "$folder/package" "$folder/app"
cd "$package"
cp -r package.json index.* promises.* lib "$folder/package/"
mkdir "$folder/package/native"
cp "$library" "$folder/package/native/libshop.so.1"
cd "$folder/package"
npm pack --silent --pack-destination "$folder" > /dev/null

cd "$folder/app"
for dependency in koffi "@koromix"; do
  mkdir -p "node_modules/$(dirname "$dependency")"
  cp -r "$package/node_modules/$dependency" "node_modules/$dependency"
done
mkdir node_modules/libshop
tar -xzf "$folder"/libshop-*.tgz -C node_modules/libshop --strip-components=1
unset LIBSHOP_LIBRARY || true
cat > app.mjs << 'END'
import { open } from 'libshop';
import * as promises from 'libshop/promises';

const shop = open('shop.db', { currency: 'GBP' });
console.log(shop.host().catalog.createCategory({ name: 'Shirts' }));
shop.close();
const again = await promises.open('shop.db', { mustExist: true });
if ((await (await again.host()).catalog.categories()).length !== 1) throw new Error('lost');
await again.close();
END
"$node" app.mjs
echo "const { open } = require('libshop'); open(':memory:').close();" > app.cjs
"$node" app.cjs
