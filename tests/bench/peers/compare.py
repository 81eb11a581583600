"""compare.py --library LIBSHOP.SO --build FOLDER [option]...: libshop against other shops.

Makes the data, then lets the sides do the same work in alternating rounds, each in a process of its
own on a file of its own, and prints a Markdown table: the median ops/s of each side and the median
over the rounds of libshop's ops/s ÷ the peer's.
"""

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
QUESTIONS = 4096
WARM_UP_MS = 3000  # Node compiles what is called often

ADJECTIVES = "Small Large Classic Rustic Soft Sturdy Folding Woven Brushed Matte Padded Nordic"
COLORS = "Red Blue Green Black White Grey Cream Navy Olive Teal Amber Ivory"
NOUNS = "Mug Bowl Lamp Chair Table Shirt Jacket Scarf Bag Boots Towel Rug Clock Vase Shelf Desk"

# Peer → products, and for each durability what is asked and libshop's floor, if it has one.
PLAN = {
    "django": (100_000, {"FULL": {"slug": 50, "slug_bare": None, "page": 30, "order": 8},
                         "NORMAL": {"order": 20}}),
    "vendure": (1_000, {"FULL": {"slug": 150, "add": 40, "purchase": 40},
                        "NORMAL": {"add": 40, "purchase": 40}}),
}
READS = {"slug", "slug_bare", "page"}


def write_questions(folder, products, seed):
    chance = random.Random(seed)
    words = [each.split() for each in (ADJECTIVES, COLORS, NOUNS)]
    shelves = max(products // 200, 1)
    slugs = []
    with open(folder / "catalog.csv", "w", encoding="ascii") as out:
        print("slug,title,price,sku,description,brand,category,image,tags", file=out)
        for i in range(products):
            looks = [chance.choice(each) for each in words]
            title = " ".join([*looks, str(i)])
            slugs.append(title.lower().replace(" ", "-"))
            price = f"{chance.randint(2, 500)}.{chance.choice((50, 95, 99))}"
            text = " ".join(chance.choice(words[k % 3]) for k in range(12))
            print(slugs[-1], title, price, f"SKU-{i}", f"{text}.", f"Brand{chance.randint(1, 300)}",
                  f"Shelf {i % shelves}", f"pictures/{i}.jpg", f'"{looks[0]},{looks[1]}"', sep=",",
                  file=out)
    asked = {
        "slugs": [chance.choice(slugs) for _ in range(QUESTIONS)],
        "categories": [f"shelf-{chance.randrange(shelves)}" for _ in range(QUESTIONS)],
        "baskets": [" ".join(f"{number} {chance.randint(1, 3)}"
                             for number in chance.sample(range(products), 3))
                    for _ in range(QUESTIONS)]}
    for name, lines in asked.items():
        (folder / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines))


class Sides:
    """How each side is made and started."""

    def __init__(self, library, build):
        self.build = build
        os.environ["LIBSHOP_LIBRARY"] = str(library)
        os.environ["PYTHONPATH"] = str(ROOT / "bindings/python/src")
        os.environ["PEERS_MODULES"] = str(build)
        program = build / "libshop_side"
        subprocess.run(["cc", "-O2", f"-I{ROOT}/capi/include", HERE / "libshop_side.c", "-o",
                        program, library, f"-Wl,-rpath,{library.parent}"], check=True)
        libshop = [sys.executable, HERE / "libshop_side.py"]
        self.commands = {"C": [program], "Python": libshop,
                         "django": [sys.executable, HERE / "django_side.py"],
                         "vendure": ["node", HERE / "vendure_side.js"]}
        self.makers = {"libshop": libshop, "django": self.commands["django"],
                       "vendure": self.commands["vendure"]}

    def data(self, peer, products, seed):
        """The folder of the data of so many products, with the file of the peer. Another schema
        wants another one."""
        schema = hashlib.sha256()
        for migration in sorted(ROOT.glob("src/*/migrations/*.sql")):
            schema.update(migration.read_bytes())
        folder = self.build / f"data-{products}-{seed}-{schema.hexdigest()[:8]}"
        if not folder.exists():
            fresh = folder.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            write_questions(fresh, products, seed)
            fresh.rename(folder)
        for shop in ("libshop", peer):
            if (folder / f"{shop}.db").exists():
                continue
            for half_made in folder.glob(f"{shop}.new*"):
                half_made.unlink()
            print(f"Making {shop}'s shop of {products} products", file=sys.stderr)
            subprocess.run([*self.makers[shop], folder, folder / f"{shop}.new", "make"],
                           check=True, stdout=sys.stderr)
            (folder / f"{shop}.new").rename(folder / f"{shop}.db")
        return folder


class Side:
    def __init__(self, command, folder, shop, name, sync):
        self.path = folder / f"run-{name}.db"
        self.remove()
        shutil.copy(folder / f"{shop}.db", self.path)
        self.process = subprocess.Popen([*command, folder, self.path, sync], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.about = self._line()

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.path.name}: the side ended ({self.process.wait()})")
        return line.strip()

    def ask(self, workload, round_ms):
        """How many a second it did."""
        self.process.stdin.write(f"{workload} {round_ms}\n")
        self.process.stdin.flush()
        count, seconds = self._line().split()
        return int(count) / float(seconds)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.remove()

    def remove(self):
        for end in ("", "-wal", "-shm", "-lock"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)


def measure(sides, workload, rounds, round_ms):
    """Each side's ops/s by round. The first round warms up; who begins alternates."""
    out = {name: [] for name in sides}
    for number in range(-1, rounds):
        for name in sorted(sides, reverse=number % 2 == 0):
            speed = sides[name].ask(workload, WARM_UP_MS if number < 0 else round_ms)
            if number >= 0:
                out[name].append(speed)
    return out


def ratio(ours, theirs):
    return median(one / other for one, other in zip(ours, theirs))


def compare(all_sides, peer, options):
    products, plan = PLAN[peer]
    folder = all_sides.data(peer, products, options.seed)
    title = peer.capitalize()
    print(f"\n| workload | products | sync | {title} | libshop C | libshop Python | "
          f"C ÷ {title} | Python ÷ {title} | floor | |")
    print("|---|---:|---|---:|---:|---:|---:|---:|---:|---|", flush=True)
    for sync, workloads in plan.items():
        files = {"C": "libshop", "Python": "libshop", peer: peer}
        sides = {name: Side(all_sides.commands[name], folder, shop, name, sync)
                 for name, shop in files.items()}
        for workload, floor in workloads.items():
            if options.cpu and sync == "FULL" and workload not in READS:
                continue  # it is waiting that makes the difference
            speeds = measure(sides, workload, options.rounds, options.round_ms)
            print(row(peer, workload, products, sync, floor, speeds), flush=True)
        about = [side.about for side in sides.values()]
        for side in sides.values():
            side.close()
    of = " of processor time" if options.cpu else ""
    print(f"\n{'; '.join(about)}. Seed {options.seed}, {options.rounds} rounds of "
          f"{options.round_ms} ms{of}, {processor()}, load {os.getloadavg()[1]:.1f}.", flush=True)


def row(peer, workload, products, sync, floor, speeds):
    c, python = (ratio(speeds[name], speeds[peer]) for name in ("C", "Python"))
    cells = [workload, f"{products:,}", "" if workload in READS else sync,
             *(f"{median(speeds[name]):,.0f}" for name in (peer, "C", "Python")),
             f"{c:.1f}", f"{python:.1f}"]
    cells += ["", ""] if floor is None else [f"≥ {floor}", "met" if c >= floor else "not met"]
    return f"| {' | '.join(cells)} |"


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{line.split(': ')[1]}, {os.cpu_count()} processors"
    return f"{os.cpu_count()} processors"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True, help="for data and programs")
    parser.add_argument("--peers", default=",".join(PLAN), help="those that are wanted")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--round-ms", type=int, default=200)
    parser.add_argument("--cpu", action="store_true",
                        help="processor time instead of the clock's, where others work as well")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    os.environ["PEERS_CLOCK"] = "cpu" if options.cpu else "wall"
    sides = Sides(options.library.resolve(), options.build.resolve())
    for peer in options.peers.split(","):
        compare(sides, peer, options)


main()
