"""ffi_overhead.py <libshop.so> [rounds] [seconds]: what Python and Node cost above C, as a table.

Makes a shop of 1,000 products, then lets C, Python and Node read a product by its slug (and its
title and price) and a page of 50 products, in alternating rounds; each language's best counts. A
last column also reads the title and the price of all 50.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LIBRARY = Path(sys.argv[1]).resolve()
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
SECONDS = sys.argv[3] if len(sys.argv) > 3 else "1"

os.environ["LIBSHOP_LIBRARY"] = str(LIBRARY)
os.environ["PYTHONPATH"] = str(ROOT / "bindings/python/src")
sys.path.insert(0, os.environ["PYTHONPATH"])


def make_shop(path):
    import libshop
    from libshop import Money, VariantInput
    with libshop.open(path, currency="GBP") as shop:
        host = shop.host()
        root = host.catalog.create_category("Shirts")
        for i in range(1000):
            host.catalog.create_product(
                f"Shirt {i}", minimum_age=0, brand="Acme", category_ids=[root.id],
                tags=["cotton", "new"],
                description="A shirt that fits. " * 5,
                simple=VariantInput(price=Money.from_minor(1999 + i, "GBP"), sku=f"SKU-{i}",
                                    weight_grams=0))


def main():
    with tempfile.TemporaryDirectory() as folder:
        shop, program = f"{folder}/shop.db", f"{folder}/measure"
        make_shop(shop)
        subprocess.run(["cc", "-O2", f"-I{ROOT}/capi/include", str(HERE / "ffi/measure.c"), "-o",
                        program, str(LIBRARY), f"-Wl,-rpath,{LIBRARY.parent}"], check=True)
        commands = {"C": [program], "Python": [sys.executable, HERE / "ffi/measure.py"],
                    "Node": ["node", HERE / "ffi/measure.js"]}
        best = {name: [float("inf")] * 3 for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                out = subprocess.run([*command, shop, SECONDS], check=True, capture_output=True,
                                     text=True, cwd=folder).stdout.split()
                took = [float(each) / 1000 for each in [*out, *out[1:]][:3]]
                best[name] = [min(pair) for pair in zip(best[name], took)]
    print("| µs | product by slug | above C | ÷ C | page of 50 | above C | ÷ C | "
          "title and price of each | above C |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, (product, page, touched) in best.items():
        c_product, c_page, _ = best["C"]
        cells = [product, product - c_product, product / c_product,
                 page, page - c_page, page / c_page, touched, touched - c_page]
        print(f"| {name} | " + " | ".join(f"{cell:.2f}" if i in (2, 5) else f"{cell:.1f}"
                                        for i, cell in enumerate(cells)) + " |")


main()
