#!/bin/sh
# wheel.sh <libshop.so> <python> <package folder>
# Builds the wheel with the library inside, installs it without an index into a clean virtual
# environment, and sells something there.
set -eu
library=$1 python=$2 package=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cp -r "$package" "$folder/package"
rm -rf "$folder/package/build" "$folder/package/dist"
mkdir -p "$folder/package/src/libshop/_lib"
cp "$library" "$folder/package/src/libshop/_lib/libshop.so.1"
cd "$folder/package"
"$python" -m build --no-isolation --wheel --outdir "$folder/dist" . > "$folder/log" 2>&1 ||
  { cat "$folder/log"; exit 1; }
ls "$folder"/dist/libshop-*-py3-none-*.whl > /dev/null

"$python" -m venv "$folder/venv" 2> /dev/null ||
  { "$python" -m venv --without-pip "$folder/venv"; without_pip=1; }
cd "$folder"
unset PYTHONPATH LIBSHOP_LIBRARY || true
if [ -n "${without_pip:-}" ]; then
  # Debian may lack ensurepip: pip can install into the environment from outside.
  "$python" -m pip --python "$folder/venv/bin/python" install -q --no-index "$folder"/dist/*.whl
else
  "$folder/venv/bin/python" -m pip install -q --no-index "$folder"/dist/*.whl
fi
"$folder/venv/bin/python" - << 'END'
import libshop

assert "venv" in libshop.__file__, libshop.__file__
with libshop.open("shop.db", currency="GBP") as shop:
    print(shop.host().catalog.create_category("Shirts"))
    assert shop.verify().problems == []
END
