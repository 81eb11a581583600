"""Counts what the main calls execute and compares it with a committed baseline.

    instructions.py SHOP_BENCH [--write]

The calls of `shop_bench --calls` run under valgrind's callgrind, which counts instructions: on one
machine the numbers repeat to a fraction of a percent however busy it is. They still depend on the
compiler and on SQLite, so the baseline names both, and other ones are not compared. Ends with 0
when each call is within the tolerance, 1 when one is not, and 77 (skipped) when there is nothing
to compare with. --write makes the numbers of this run the baseline.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TURNS = 40
TOLERANCE = 0.05
BASELINE = pathlib.Path(__file__).with_name("instructions.json")
SKIPPED = 77


def made_with(bench):
    """What the numbers depend on besides our own code."""
    text = subprocess.run(
        ["strings", "-a", bench], capture_output=True, text=True, check=True).stdout
    compiler = re.search(r"GCC: \([^)]*\) [\d.]+|clang version [\d.]+", text)
    libraries = subprocess.run(["ldd", bench], capture_output=True, text=True, check=True).stdout
    sqlite = re.search(r"libsqlite3\.so\S* => (\S+)", libraries)
    return {
        "compiler": compiler.group(0) if compiler else "unknown",
        "sqlite": os.path.basename(os.path.realpath(sqlite.group(1))) if sqlite else "unknown",
        "machine": os.uname().machine,
    }


def count(valgrind, bench):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [valgrind, "--tool=callgrind", f"--callgrind-out-file={folder}/out", "--quiet",
             "--separate-threads=yes", bench, "--calls", str(TURNS)],
            check=True, stdout=subprocess.DEVNULL)
        counts = {}
        for path in pathlib.Path(folder).glob("out*"):
            text = path.read_text()
            trigger = re.search(r"^desc: Trigger: Client Request: (\w+)$", text, re.M)
            total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
            # The caller's thread: what runs in the background does so when it likes.
            if trigger and total and re.search(r"^thread: 1$", text, re.M):
                counts[trigger.group(1)] = int(total.group(1)) // TURNS
        return counts


def main():
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        print("skipped: valgrind is not installed")
        return SKIPPED
    bench = sys.argv[1]
    now = {"made_with": made_with(bench), "instructions_per_call": count(valgrind, bench)}
    if "--write" in sys.argv[2:]:
        BASELINE.write_text(json.dumps(now, indent=2) + "\n")
        print(f"wrote {BASELINE}")
        return 0
    before = json.loads(BASELINE.read_text())
    if before["made_with"] != now["made_with"]:
        print(f"skipped: the baseline was made with {before['made_with']}, "
              f"this is {now['made_with']}")
        return SKIPPED
    worse = False
    for name, old in before["instructions_per_call"].items():
        new = now["instructions_per_call"].get(name, 0)
        change = new / old - 1
        note = ""
        if change > TOLERANCE:
            worse = True
            note = "  <- slower than the baseline allows"
        elif change < -TOLERANCE:
            note = "  (faster: make it the baseline with --write)"
        print(f"{name:16} {old:>10} -> {new:>10}  {change:+7.1%}{note}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
