#!/usr/bin/python3
"""mutate.py [--sample N] [--seed S] [--list] [--only PATH]: breaks the code that must not be wrong,
one small change at a time, and reports the changes that no test notices.

Money, stock and permissions. Works on a copy of the tree in build/mutation, with a build of its
own; a change that does not compile does not count. The survivors are printed with their lines;
each is a missing test or a change without meaning (then tests/mutation/survivors.txt says why).
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "build/mutation/tree"
BUILD = COPY / "build/release"
KNOWN = Path(__file__).with_name("survivors.txt")

# Which code, and which tests have to notice.
PLACES = [
    ("src/core/money.cpp", ["core"]),
    ("src/inventory/*.cpp", ["inventory"]),
    ("src/inventory/*_sql.hpp", ["inventory"]),
    ("src/pricing/*.cpp", ["pricing", "orders"]),
    ("src/orders/r*s.cpp", ["orders"]),
    ("src/orders/*store.cpp", ["orders"]),
    ("src/orders/service.cpp", ["orders"]),
    ("src/payments/*.cpp", ["orders", "payments"]),
    ("src/flows/place_order.cpp", ["orders"]),
    ("src/flows/cancel_order.cpp", ["orders"]),
    ("src/flows/return_items.cpp", ["orders"]),
    ("src/accounts/guard.cpp", ["accounts"]),
    ("src/accounts/permissions.cpp", ["accounts"]),
]

# What is replaced by what. Spaces matter: the code is formatted, so an operator has them.
CHANGES = [
    (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r" == ", " != "), (r" != ", " == "), (r" && ", " || "), (r" \|\| ", " && "),
    (r" \+ ", " - "), (r" - ", " + "), (r" \* ", " + "), (r" / ", " * "), (r" % ", " * "),
    (r" \+= ", " -= "), (r" -= ", " += "), (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"\bif \(!", "if ("), (r"\bif \((?=[a-z])", "if (!"), (r"\+\+(?=\w)", "--"),
    (r"(?<![\w.'])0(?![\w.'])", "1"), (r"(?<![\w.'])1(?![\w.'])", "2"),
    (r"std::min", "std::max"), (r"std::max", "std::min"), (r"(?<=return )-(?=\w)", ""),
    (r"\bANY_OF\b", "ALL_OF"), (r" AND ", " OR "), (r"\bASC\b", "DESC"),
]
# Lines that do nothing which a test should notice.
SKIPPED = re.compile(
    r"^\s*(//|#|using |namespace |throw Error\(Code::internal|\{\"|\"[^\"]*\"\s*[,)])")


class Mutant:
    def __init__(self, path, line, column, old, new, tests):
        self.path, self.line, self.column = path, line, column
        self.old, self.new, self.tests = old, new, tests

    def __str__(self):
        return f"{self.path}:{self.line}:{self.column}: “{self.old.strip()}” → “{self.new.strip()}”"


def mutants_of(path, tests):
    text = (ROOT / path).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(text, 1):
        if SKIPPED.match(line) and not path.endswith("_sql.hpp"):
            continue
        code = line.split("//")[0]
        for pattern, new in CHANGES:
            for match in re.finditer(pattern, code):
                if "template" in code or "#include" in code or "operator" in code:
                    continue
                yield Mutant(path, number, match.start() + 1, match.group(), new, tests)


def all_mutants(only):
    found = []
    for pattern, tests in PLACES:
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            if only in name:
                there = [test for test in tests if (ROOT / "tests" / test).is_dir()]
                found += mutants_of(name, there)
    return found


def run(command, seconds):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False


def prepare():
    COPY.mkdir(parents=True, exist_ok=True)
    for folder in ("src", "include", "capi", "cmake", "tests", "examples", "bindings"):
        shutil.rmtree(COPY / folder, ignore_errors=True)
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, COPY / folder,
                            ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    for name in ("CMakeLists.txt", "CMakePresets.json"):
        shutil.copy(ROOT / name, COPY / name)
    # As the ordinary release build, so that ccache has all of it but the mutant.
    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    subprocess.run(["cmake", "--preset", "release", "-DSHOP_BUILD_EXAMPLES=OFF",
                    *launcher], cwd=COPY, check=True, capture_output=True)


def build(tests):
    return run(["ninja", "-C", str(BUILD), *[f"test_{t}" for t in tests]], 3600)


def passes(tests):
    return all(run([str(BUILD / f"tests/test_{t}"), "--abort-after=1"], 120) for t in tests)


def try_mutant(mutant):
    """killed, survived or stillborn"""
    path = COPY / mutant.path
    original = path.read_text(encoding="utf-8")
    lines = original.splitlines(keepends=True)
    line = lines[mutant.line - 1]
    at = mutant.column - 1
    lines[mutant.line - 1] = line[:at] + mutant.new + line[at + len(mutant.old):]
    path.write_text("".join(lines), encoding="utf-8")
    try:
        if not build(mutant.tests):
            return "stillborn"
        return "survived" if passes(mutant.tests) else "killed"
    finally:
        path.write_text(original, encoding="utf-8")


def known_survivors():
    if not KNOWN.exists():
        return set()
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    return {line.split(" -- ")[0] for line in lines if " -- " in line}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="how many; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="stops after that; 0: never")
    parser.add_argument("--list", action="store_true", help="only show them")
    parser.add_argument("--only", default="", help="part of a path")
    options = parser.parse_args()
    mutants = all_mutants(options.only)
    print(f"{len(mutants)} mutants, seed {options.seed}")
    if options.sample or options.minutes:
        count = min(options.sample or len(mutants), len(mutants))
        mutants = random.Random(options.seed).sample(mutants, count)
    if options.list:
        print("\n".join(map(str, mutants)))
        return 0
    prepare()
    tests = sorted({test for mutant in mutants for test in mutant.tests})
    if not build(tests) or not passes(tests):
        print("the code as it is does not pass: nothing to learn")
        return 2
    counts = {"killed": 0, "survived": 0, "stillborn": 0}
    known = known_survivors()
    start = time.monotonic()
    for mutant in mutants:
        began = time.monotonic()
        if options.minutes and began - start > 60 * options.minutes:
            break
        end = try_mutant(mutant)
        counts[end] += 1
        mark = "  (known)" if str(mutant) in known else ""
        if sum(counts.values()) % 20 == 0:
            report(counts)
        if end == "survived":
            print(f"survived {mutant}{mark} ({time.monotonic() - began:.0f} s)", flush=True)
    report(counts)
    return 0


def report(counts):
    judged = counts["killed"] + counts["survived"]
    share = 100 * counts["killed"] / judged if judged else 0
    print(f"{counts['killed']} of {judged} killed ({share:.1f} %), "
          f"{counts['stillborn']} stillborn", flush=True)


if __name__ == "__main__":
    sys.exit(main())
