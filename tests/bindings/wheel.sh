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
from libshop import Money, PaymentInput, Tender, VariantInput

assert "venv" in libshop.__file__, libshop.__file__
with libshop.open("shop.db", currency="GBP",
                  password_preset=libshop.PasswordPreset.FOR_TESTS) as shop:
    host = shop.host()
    shirt = host.catalog.create_product("Shirt", simple=VariantInput(price=Money("19.99", "GBP")))
    host.inventory.receive(shirt.variants[0].id, 5)
    host.accounts.register_customer("anna", "anna@example.com", "correct horse battery")
    with shop.login("anna", "correct horse battery") as anna:
        anna.cart.add(shirt.variants[0].id, 2)
        order = anna.cart.checkout("key", payments=[PaymentInput(tender=Tender.CARD)])
        assert order.total == Money("39.98", "GBP") and order.paid == order.total
        anna.cart.add(shirt.variants[0].id, 4)
        try:
            anna.cart.checkout("other")
            raise AssertionError("oversold")
        except libshop.OutOfStockError as error:
            assert error.details[0].path == "lines[0].quantity"
    assert [row.number for row in host.orders.list()] == [order.number]
    assert shop.verify().problems == []
print("sold", order.number)
END
