"""ffi_overhead.py <libshop.so> [rounds] [calls]: what Python and Node cost above C, as a table.

Makes a shop of 1,000 products, then lets C, Python and Node read a product by its slug and a page
of 50 products in alternating rounds; each language's best round counts.
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
CALLS = sys.argv[3] if len(sys.argv) > 3 else "5000"

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
        best = {name: [float("inf")] * 2 for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                out = subprocess.run([*command, shop, CALLS], check=True, capture_output=True,
                                     text=True, cwd=folder).stdout.split()
                best[name] = [min(a, float(b)) for a, b in zip(best[name], out)]
    print("| µs | product by slug | above C | page of 50 | above C |")
    print("|---|---|---|---|---|")
    for name, (product, page) in best.items():
        above = [(product - best["C"][0]) / 1000, (page - best["C"][1]) / 1000]
        cells = [product / 1000, above[0], page / 1000, above[1]]
        print(f"| {name} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |")


main()
