#!/usr/bin/python3
"""mutate.py [--sample N] [--seed S] [--minutes M] [--only TEXT] [--left] [--list] [--record]

Breaks the code that must not be wrong (money, stock, permissions), one small change at a time, and
reports the changes that no test notices.

A copy of the tree in build/mutation gets all mutants at once, each behind a number that is switched
on by a variable of the environment: one build serves them all. Statements of SQL are replaced when
they are prepared. Each test case runs once to see which mutants it reaches, and afterwards only
with those, the quickest first, until one fails.

A survivor is a missing test or a change without meaning; survivors.txt says which are the latter,
and why. `--left` runs again only what the last runs left alive, and counts what they killed.
"""

import argparse
import bisect
import hashlib
import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import statements

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WORK = ROOT / "build/mutation"
COPY = WORK / "tree"
BUILD = COPY / "build/release"
EXPLAINED = HERE / "survivors.txt"
RESULTS = ROOT / "tests/campaign-results.md"

# Which code. Each file has the numbers of its mutants to itself, so that a change of one does not
# make all others compile again.
PLACES = [
    "src/core/money.cpp",
    "src/inventory/*.cpp", "src/inventory/*.hpp",
    "src/pricing/*.cpp", "src/pricing/*.hpp",
    "src/orders/rules.cpp", "src/orders/parts.cpp", "src/orders/*store.cpp",
    "src/orders/service.cpp", "src/orders/orders_sql.hpp", "src/orders/parts_sql.hpp",
    "src/payments/*.cpp", "src/payments/*.hpp",
    "src/flows/place_order.cpp", "src/flows/cancel_order.cpp", "src/flows/return_items.cpp",
    "src/flows/pay_order.cpp", "src/flows/restock.cpp",
    "src/accounts/guard.cpp", "src/accounts/permissions.cpp", "src/accounts/staff_service.cpp",
    "src/accounts/session_service.cpp", "src/accounts/tokens.cpp",
]
NUMBERS_OF_A_FILE = 1000
# The programs that have to notice, and how they are asked. A program's test cases are its own, or
# these arguments, one by one.
PROGRAMS = ["core", "inventory", "pricing", "orders", "accounts", "reports", "wishlist", "loyalty"]
SCENARIO_PROGRAMS = {"scenarios": ["tests/scenario_runner", "cpp", "capi/abi/shop.json"]}
# By the first folder of a mutant's file: which program is asked first.
FIRST = {"core": "core", "inventory": "inventory", "pricing": "pricing", "accounts": "accounts"}


def files():
    paths = {path.relative_to(ROOT).as_posix() for place in PLACES for path in ROOT.glob(place)}
    return sorted(paths)


def digest(*parts):
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


# -- the copy

def mutate_one(job):
    """(mutants, text or None) of a file; kept in build/mutation until the file changes."""
    path, first_id, tools = job
    source = (ROOT / path).read_bytes()
    kept = WORK / "files" / f"{digest(source, tools, str((path, first_id)).encode())}.json"
    if kept.exists():
        mutants, text = json.loads(kept.read_text(encoding="utf-8"))
        return mutants, text
    if path.endswith("_sql.hpp"):
        result = statements.mutate_header(path, first_id, statements.Schema()), None
    else:
        import places  # libclang: only where something changed
        mutants, text = places.mutate_file(path, first_id)
        result = mutants, text.decode()
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(result), encoding="utf-8")
    return result


def all_mutants():
    """Every mutant, and the mutated texts by path."""
    tools = b"".join((HERE / name).read_bytes() for name in ("places.py", "statements.py"))
    paths = files()
    jobs = [(path, 1 + i * NUMBERS_OF_A_FILE, tools) for i, path in enumerate(paths)]
    with multiprocessing.Pool(2) as pool:
        results = pool.map(mutate_one, jobs, chunksize=1)
    mutants, texts = [], {}
    for path, (found, text) in zip(paths, results):
        if len(found) > NUMBERS_OF_A_FILE:
            raise RuntimeError(f"{path} has more than {NUMBERS_OF_A_FILE} mutants")
        mutants += found
        if text is not None and found:
            texts[path] = text
    same = Counter()
    for mutant in mutants:
        name = describe(mutant)
        same[name] += 1
        mutant["name"] = name if same[name] == 1 else f"{name} #{same[name]}"
    return mutants, texts, len(paths) * NUMBERS_OF_A_FILE


def describe(mutant):
    """Names a mutant without its line, which moves."""
    change = f"“{mutant['old']}” → “{mutant['new']}”" if mutant["old"] else mutant["new"]
    return f"{mutant['path']} {mutant['function']}: {mutant['what']}: {change}"


def write(path, text):
    """Leaves a file alone that is as it should be, so that nothing is compiled for it."""
    data = text if isinstance(text, bytes) else text.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def replace_once(text, old, new):
    if text.count(old) != 1:
        raise RuntimeError(f"“{old}” is not there exactly once: mutate.py has to follow")
    return text.replace(old, new)


def make_copy(texts, numbers):
    wanted = {}
    for folder in ("src", "include", "capi", "cmake", "tests", "bindings", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not {"node_modules", "__pycache__"} & set(path.parts):
                wanted[path.relative_to(ROOT).as_posix()] = path.read_bytes()
    for name in ("CMakeLists.txt", "CMakePresets.json"):
        wanted[name] = (ROOT / name).read_bytes()
    wanted.update({path: text.encode() for path, text in texts.items()})
    main = wanted["tests/support/main.cpp"].decode()
    wanted["tests/support/main.cpp"] = (HERE / "copied/doctest_main.cpp").read_text() + \
        replace_once(main, "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n", "")
    driver = wanted["src/db/sqlite_driver.cpp"].decode()
    wanted["src/db/sqlite_driver.cpp"] = replace_once(
        driver, "    const char* tail = nullptr;\n",
        "    const char* tail = nullptr; text = shop_mutant::sql(text);\n")
    # Whole modules at once and hardly optimised: here compiling costs more than running.
    libraries = wanted["cmake/ShopLibraries.cmake"].decode()
    wanted["cmake/ShopLibraries.cmake"] = replace_once(
        libraries, 'if(CMAKE_BUILD_TYPE STREQUAL "Release")\n  set(SHOP_COLD_OPTIONS',
        "if(FALSE)\n  set(SHOP_COLD_OPTIONS")
    wanted["src/core/mutant.cpp"] = (f"#define SHOP_MUTANTS {numbers}\n"
                                     + (HERE / "copied/mutant.cpp").read_text())
    wanted["src/mutant.hpp"] = (HERE / "copied/mutant.hpp").read_bytes()
    for folder in ("src", "include", "capi", "tests"):
        for path in (COPY / folder).rglob("*"):
            if path.is_file() and path.relative_to(COPY).as_posix() not in wanted:
                path.unlink()
    for name, text in wanted.items():
        write(COPY / name, text)


def configure():
    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    # Library assertions notice what would only be undefined. No warning is an error here.
    flags = f"-w -Wno-narrowing -fpermissive -include {COPY}/src/mutant.hpp"
    subprocess.run(
        ["cmake", "--preset", "release", "-DSHOP_BUILD_EXAMPLES=OFF", "-DSHOP_BUILD_BENCH=OFF",
         "-DSHOP_WERROR=OFF", f"-DCMAKE_CXX_FLAGS={flags}",
         "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -g0 -D_GLIBCXX_ASSERTIONS", *launcher],
        cwd=COPY, check=True, capture_output=True)


def build(programs):
    """Result: nothing, or the compilers' output."""
    targets = [SCENARIO_PROGRAMS[name][0].split("/")[1] if name in SCENARIO_PROGRAMS
               else f"test_{name}" for name in programs]
    done = subprocess.run(["nice", "-n", "5", "ninja", "-k", "0", "-C", str(BUILD), *targets],
                          capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout


def lines_at_fault(output, texts):
    found = set()
    for path, line in re.findall(r"(?:^|[ /])((?:src|include)/[\w/]+\.[ch]pp):(\d+)", output):
        if path in texts:
            found.add((path, int(line)))
    return found


def prepare(programs):
    """Builds the copy. Mutants that do not compile are taken out. Result: the others."""
    mutants, texts, numbers = all_mutants()
    dropped_file = WORK / "stillborn.json"
    dropped = set(json.loads(dropped_file.read_text())) if dropped_file.exists() else set()
    for attempt in range(8):
        without = {path: leave_out(text, path, mutants, dropped) for path, text in texts.items()}
        make_copy(without, numbers)
        if attempt == 0:
            configure()
        output = build(programs)
        if not output:
            break
        write(WORK / "build.log", output)
        faulty = lines_at_fault(output, texts)
        new = {m["name"] for m in mutants if (m["path"], m["line"]) in faulty} - dropped
        if not new:
            sys.exit(f"the copy does not compile: see {WORK}/build.log")
        print(f"{len(new)} mutants do not compile", flush=True)
        dropped |= new
        write(dropped_file, json.dumps(sorted(dropped)))
    return [m for m in mutants if m["name"] not in dropped]


def leave_out(text, path, mutants, dropped):
    """The text with the lines of dropped mutants as they were."""
    lines = {m["line"] for m in mutants if m["path"] == path and m["name"] in dropped}
    if not lines:
        return text
    mutated = text.splitlines(keepends=True)
    original = (ROOT / path).read_text(encoding="utf-8").splitlines(keepends=True)
    for line in lines:
        mutated[line - 1] = original[line - 1]
    return "".join(mutated)


# -- the tests

def limits():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
    os.nice(10)


def run(command, seconds, variables, folder):
    """Whether a program succeeds in time; and what it printed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {**os.environ, **variables, "TMPDIR": str(folder)}
    process = subprocess.Popen(command, cwd=folder, env=environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               preexec_fn=limits, start_new_session=True)
    try:
        output = process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.communicate()
        return False, ""
    return process.returncode == 0, output


def command_of(program, cases):
    if program in SCENARIO_PROGRAMS:
        binary, *arguments = SCENARIO_PROGRAMS[program]
        arguments = [str(COPY / a) if "/" in a else a for a in arguments]
        return [str(BUILD / binary), *arguments, *[case["argument"] for case in cases]]
    return [str(BUILD / f"tests/test_{program}"), *[case["argument"] for case in cases]]


def read_reached(path):
    numbers, texts = [], []
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        if line.isdigit():
            numbers.append(int(line))
        elif line.startswith("sql "):
            texts.append(line[4:])
    return numbers, texts


def record_program(program):
    """Its test cases with their times and what they reach; known until it is built anew."""
    folder = WORK / "reached" / program
    kept = WORK / "reached" / f"{program}.json"
    binary = Path(command_of(program, [])[0])
    inputs = [path.read_bytes() for path in sorted((COPY / "tests/scenarios").glob("*.json"))]
    version = digest(binary.read_bytes(), *(inputs if program in SCENARIO_PROGRAMS else []))
    if kept.exists():
        known = json.loads(kept.read_text(encoding="utf-8"))
        if known["version"] == version:
            return known["cases"]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    scratch = WORK / "scratch" / f"record_{program}"
    cases = []
    if program in SCENARIO_PROGRAMS:
        for path in sorted((COPY / "tests/scenarios").glob("*.json")):
            case = {"argument": str(path)}
            start = time.monotonic()
            target = folder / path.stem
            passed, _ = run(command_of(program, [case]), 600, {"SHOP_MUTANT_REACHED": str(target)},
                            scratch)
            cases.append({**case, "program": program, "name": path.stem, "passed": passed,
                          "seconds": time.monotonic() - start, "reached": str(target)})
    else:
        _, output = run(command_of(program, []), 1800, {"SHOP_MUTANT_REACHED": str(folder)},
                        scratch)
        for number, seconds, end, name in re.findall(r"^test\t(\d+)\t([\d.]+)\t(\w+)\t(.*)$",
                                                     output, re.M):
            cases.append({"program": program, "argument": number, "name": name,
                          "seconds": float(seconds), "passed": end == "ok",
                          "reached": str(folder / number)})
    kept.write_text(json.dumps({"version": version, "cases": cases}), encoding="utf-8")
    return cases


def record(programs):
    """All test cases: a list; by place and by statement, which of them reach it."""
    with ThreadPoolExecutor(2) as pool:
        cases = [case for found in pool.map(record_program, programs)
                 for case in found]
    for case in cases:
        if not case["passed"]:
            print(f"fails without any mutant, left out: {case['program']}: {case['name']}")
    cases = [case for case in cases if case["passed"]]
    reaching = {}
    for case in cases:
        numbers, texts = read_reached(Path(case["reached"]))
        for what in [*numbers, *texts]:
            reaching.setdefault(what, []).append(case)
    print(f"{len(cases)} test cases, {sum(c['seconds'] for c in cases):.0f} s", flush=True)
    return reaching


class Judge:
    def __init__(self, reaching, options):
        self.reaching, self.programs, self.depth = reaching, options.programs, options.depth

    def cases(self, mutant):
        """Programs with the test cases that reach a mutant, each in the order of their times."""
        found = self.reaching.get(mutant.get("sql", mutant["place"]), [])
        first = FIRST.get(mutant["path"].split("/")[1], "orders")
        programs = [first, *[p for p in self.programs if p != first]]
        for program in programs:
            own = sorted((c for c in found if c["program"] == program), key=lambda c: c["seconds"])
            ends, total = [], 0.0
            for case in own:
                total += case["seconds"]
                ends.append(total)
            own = own[:max(1, bisect.bisect_right(ends, self.depth))]
            if own:
                yield program, own

    def judge(self, mutant):
        """killed, survived or not reached; and the program that killed it"""
        variables = {"SHOP_MUTANT": str(mutant["id"])}
        if "sql" in mutant:
            variables = {"SHOP_MUTANT_SQL_OLD": mutant["sql"],
                         "SHOP_MUTANT_SQL_NEW": mutant["mutated"]}
        end = "not reached"
        scratch = WORK / "scratch" / str(mutant["id"])
        for program, cases in self.cases(mutant):
            end = "survived"
            seconds = 3 + 10 * sum(case["seconds"] for case in cases)
            passed, _ = run(command_of(program, cases), min(seconds, 120), variables, scratch)
            if not passed:
                end = "killed"
                break
        shutil.rmtree(scratch, ignore_errors=True)
        return end


# -- the report

def explained():
    """Tells whether survivors.txt has a reason for a mutant's survival."""
    lines = EXPLAINED.read_text(encoding="utf-8").splitlines() if EXPLAINED.exists() else []
    names = [line.split(" -- ")[0] for line in lines if " -- " in line]
    pattern = re.compile("|".join(".*".join(map(re.escape, n.split("*"))) for n in names) or "$.")
    return lambda mutant: pattern.fullmatch(mutant["name"]) is not None


def table(judged, known):
    """Rows by module: mutants, killed, explained, and what is left."""
    rows = {}
    for mutant, end in judged:
        row = rows.setdefault(mutant["path"].split("src/")[1], Counter())
        row["mutants"] += 1
        row["killed" if end == "killed" else
            "explained" if known(mutant) else end] += 1
    total = sum(rows.values(), Counter())
    lines = ["| code | mutants | killed | % | explained | survived | not reached |",
             "|---|---|---|---|---|---|---|"]
    for name, row in [*sorted(rows.items()), ("all", total)]:
        share = 100 * row["killed"] / max(1, row["mutants"])
        lines.append(f"| {name} | {row['mutants']} | {row['killed']} | {share:.1f} | "
                     f"{row['explained']} | {row['survived']} | {row['not reached']} |")
    return "\n".join(lines)


def append_record(text, options):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, text=True,
                            capture_output=True, check=False).stdout.strip() or "unknown"
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    which = "".join([f", a sample of {options.sample}" if options.sample else "",
                     f", of those that match `{options.only}`" if options.only else ""])
    with RESULTS.open("a", encoding="utf-8") as out:
        out.write(f"\n### {when} UTC, commit {commit}: mutation\n\nSeed {options.seed}{which}.\n\n"
                  f"{text}\n")


def options_of():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="how many; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="stops after that; 0: never")
    parser.add_argument("--depth", type=float, default=30,
                        help="seconds of test cases of one program that a mutant has to outlive")
    parser.add_argument("--programs", type=lambda text: text.split(","),
                        default=[*PROGRAMS, *SCENARIO_PROGRAMS], help="which tests, by their names")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="a pattern of names: a path, a function")
    parser.add_argument("--left", action="store_true", help="those that earlier runs left alive")
    parser.add_argument("--list", action="store_true", help="only show them")
    parser.add_argument("--record", action="store_true", help=f"append the table to {RESULTS.name}")
    return parser.parse_args()


def install():
    """What building and libclang for Python need, once."""
    subprocess.run(["sh", ROOT / "cmake/deps.sh", "build", "test", "mutation"], check=True)


def main():
    options = options_of()
    install()
    WORK.mkdir(parents=True, exist_ok=True)
    mutants = all_mutants()[0] if options.list else prepare(options.programs)
    last_file = WORK / "last.json"
    last = json.loads(last_file.read_text(encoding="utf-8")) if last_file.exists() else {}
    wanted = [m for m in mutants if re.search(options.only, m["name"])]
    before = [m for m in wanted if options.left and last.get(m["name"]) == "killed"]
    wanted = [m for m in wanted if m not in before] if before else wanted
    random.Random(options.seed).shuffle(wanted)
    wanted = wanted[:options.sample] if options.sample else wanted
    if options.list:
        print("\n".join(f"{m['line']}: {m['name']}" for m in sorted(wanted, key=lambda m: m["id"])))
        return 0
    if not wanted:
        sys.exit("no mutant is left, or none has such a name: see --list")
    print(f"{len(wanted)} of {len(mutants)} mutants, seed {options.seed}; "
          f"{len(before)} were killed the last time", flush=True)
    judge = Judge(record(options.programs), options)
    start = time.monotonic()

    def judge_one(mutant):
        if options.minutes and time.monotonic() - start > 60 * options.minutes:
            return mutant, None
        return mutant, judge.judge(mutant)

    judged = []
    known = explained()
    with ThreadPoolExecutor(options.jobs) as pool:
        for mutant, end in pool.map(judge_one, wanted):
            if end is None:
                continue
            judged.append((mutant, end))
            last[mutant["name"]] = end
            if end != "killed" and not known(mutant):
                print(f"{end}: {mutant['line']}: {mutant['name']}", flush=True)
            if len(judged) % 100 == 0:
                killed = sum(end == "killed" for _, end in judged)
                print(f"# {len(judged)} judged, {killed} killed, "
                      f"{time.monotonic() - start:.0f} s", flush=True)
                write(last_file, json.dumps(last))
    write(last_file, json.dumps(last))
    text = table([*judged, *((mutant, "killed") for mutant in before)], known)
    print(text)
    if options.record:
        append_record(text, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
