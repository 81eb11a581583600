#!/usr/bin/python3
"""tidy.py [folder]: the rules of the house that a compiler does not check.

Prints a finding per line (path:line: rule: what) and fails if there is one. planted.py shows each
rule a violation. What is allowed to stay is in allowed.txt, with the reason.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from source import Source  # noqa: E402

WIDTH_MAX = 100
FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 500
REASON_LENGTH_MIN = 20

CODE_FOLDERS = ("include", "src", "capi", "examples", "tests", "bindings")
LIBRARY_FOLDERS = ("include", "src", "capi")
CPP_SUFFIXES = (".cpp", ".hpp", ".c", ".h")
OTHER_SUFFIXES = (".sql", ".py", ".sh", ".js", ".mjs", ".ts", ".cmake", ".def")
SKIPPED = ("node_modules", "build", "dist", "data", "corpus", "vendor", "__pycache__")

PRINTING = re.compile(
    r"\bstd::(?:cout|cerr|clog)\b|\bv?f?printf\s*\(|\bfmt::print\s*\(|\b(?:f?puts|fputc|putchar|"
    r"perror)\s*\("
)
ENDING = re.compile(
    r"\b(?:std::)?(?:abort|_?exit|_Exit|quick_exit|terminate|__builtin_trap|sodium_misuse)\s*\("
    r"|\bassert\s*\("
)
SQL = re.compile(
    r"\b(?:SELECT\s|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|BEGIN\s+IMMEDIATE\b|"
    r"PRAGMA\s|SAVEPOINT\s|(?:CREATE|DROP|ALTER)\s+(?:TABLE|INDEX|VIEW|TRIGGER)\b)"
)
# What SQLite 3.40 and PostgreSQL 15 do not both take with the same meaning.
UNPORTABLE = re.compile(
    r"\b(?:LIKE|GLOB|AUTOINCREMENT|CURRENT_TIMESTAMP|CURRENT_DATE|IFNULL|ROWID|REPLACE\s+INTO|"
    r"INSERT\s+OR\s+\w+|FOR\s+UPDATE)\b|->>|\bjson_\w+\s*\(|\b(?:group_concat|strftime|datetime|"
    r"julianday|now|printf|total|instr|random)\s*\("
    r"|\b(?:max|min)\s*\([^(),]*(?:\([^()]*\)[^(),]*)*,",
    re.IGNORECASE,
)
TABLE = re.compile(r"CREATE\s+(?:VIRTUAL\s+)?(?:TABLE|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)")
TABLE_USE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+(\w+)")


class Tree:
    """The files to look at, read once."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.sources = {}
        self.layers, self.headers = read_layers(self.root / "tests/tidy/layers.txt")
        for folder in CODE_FOLDERS:
            for path in sorted((self.root / folder).rglob("*")):
                inner = path.relative_to(self.root)
                if path.suffix not in CPP_SUFFIXES + OTHER_SUFFIXES:
                    continue
                if not set(SKIPPED) & set(inner.parts) and path.is_file():
                    self.sources[inner.as_posix()] = Source(path.read_text(encoding="utf-8"))

    def module_of(self, path):
        """The module a file of the library belongs to, or None."""
        parts = path.split("/")
        if parts[0] == "src" and len(parts) > 2:
            return parts[1]
        if path.startswith("include/shop/"):
            stem = parts[2].rsplit(".", 1)[0]
            return self.headers.get(stem, stem)
        return "capi" if parts[0] == "capi" else None


def read_layers(path):
    """Module to layer number, and extra public header to its module."""
    layers, headers = {}, {}
    number = 0
    for line in path.read_text().splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        number += 1
        for module, extra in re.findall(r"(\w+)(?:\s*\[([^\]]*)\])?", line):
            layers[module] = number
            for header in extra.split():
                headers[header] = module
    return layers, headers


def is_generated(source):
    return any("enerated by" in line for line in source.lines[:6])


def is_library(path):
    return path.split("/")[0] in LIBRARY_FOLDERS


def check_layers(tree):
    for path, source in tree.sources.items():
        module = tree.module_of(path)
        if module is None or not path.endswith(CPP_SUFFIXES):
            continue
        if module not in tree.layers:
            yield path, 1, "layers", f"module {module} is not in tests/tidy/layers.txt"
            continue
        for number, line in enumerate(source.lines, 1):
            match = re.match(r'\s*#\s*include\s*["<]([\w./]+)[">]', line)
            target = match and included_module(tree, match.group(1))
            if not target or target == module:
                continue
            if tree.layers.get(target, 0) >= tree.layers[module]:
                yield path, number, "layers", f"{module} may not include {target}"


def included_module(tree, name):
    parts = name.split("/")
    if parts[0] == "shop" and len(parts) == 2 and name.endswith(".hpp"):
        return tree.module_of("include/" + name)
    if len(parts) > 1 and f"src/{name}" in tree.sources:
        return parts[0]
    return "capi" if f"capi/{name}" in tree.sources else None


def check_lengths(tree):
    for path, source in tree.sources.items():
        if not is_library(path) or not path.endswith(CPP_SUFFIXES) or is_generated(source):
            continue
        lines = source.code_line_count()
        if lines > FILE_LINES_MAX:
            yield path, 1, "file-length", f"{lines} lines of code, at most {FILE_LINES_MAX}"
        for name, first, count in source.functions():
            if count > FUNCTION_LINES_MAX:
                what = f"{name} has {count} lines, at most {FUNCTION_LINES_MAX}"
                yield f"{path}:{name}", first, "function-length", what


def check_library_manners(tree):
    for path, source in tree.sources.items():
        if not is_library(path) or not path.endswith(CPP_SUFFIXES):
            continue
        for rule, pattern in (("printing", PRINTING), ("ending", ENDING)):
            for match in pattern.finditer(source.code):
                line = source.line_of(match.start())
                yield path, line, rule, f"{match.group().strip('( ')} in the library"


def speaks_sql(path):
    name = path.rsplit("/", 1)[-1]
    return path.startswith("src/db/") or name.endswith(("_sql.hpp", "_sql.cpp")) or "store" in name


def check_sql(tree):
    owners = {}
    for path, source in tree.sources.items():
        if path.endswith(".sql") and "/migrations/" in path:
            for table in TABLE.findall(sql_code(source.text)):
                owners[table] = tree.module_of(path)
            if re.search(r"\bAUTOINCREMENT\b", sql_code(source.text), re.IGNORECASE):
                yield path, 1, "sql-portable", "AUTOINCREMENT"
    for path, source in tree.sources.items():
        if not path.startswith(("src/", "capi/")) or not path.endswith(CPP_SUFFIXES):
            continue
        for line, literal in source.literals:
            if not speaks_sql(path) and SQL.search(literal):
                yield path, line, "sql-place", "SQL belongs into <module>_sql.hpp or the store"
            if not speaks_sql(path) or path.startswith("src/db/"):
                continue
            for match in UNPORTABLE.finditer(sql_code(literal)):
                yield path, line, "sql-portable", match.group()
            for table in TABLE_USE.findall(literal):
                owner = owners.get(table)
                if owner and owner != tree.module_of(path):
                    yield path, line, "sql-tables", f"{table} belongs to {owner}"


def sql_code(text):
    return re.sub(r"--[^\n]*|'(?:[^']|'')*'", " ", text)


def check_text(tree):
    for path, source in tree.sources.items():
        if is_generated(source):
            continue
        for number, line in enumerate(source.lines, 1):
            if len(line) > WIDTH_MAX:
                yield path, number, "width", f"{len(line)} columns, at most {WIDTH_MAX}"
            if line != line.rstrip():
                yield path, number, "space", "blank at the end of the line"
            if "\t" in line and not path.endswith(".mk"):
                yield path, number, "space", "tab"
            match = re.search(r"\b(?:TODO|FIXME|XXX|HACK)\b(.*)", line)
            if match and not path.startswith("tests/tidy/"):
                if len(match.group(1).strip(" :()-")) < REASON_LENGTH_MIN:
                    yield path, number, "todo", "says neither what is missing nor why"
        if path.endswith(".hpp") and "#pragma once" not in source.text:
            yield path, 1, "pragma-once", "a header begins with #pragma once"


def check_links(tree):
    """Relative links of the documents lead somewhere."""
    for path in sorted(tree.root.glob("*.md")) + sorted((tree.root / "docs").rglob("*.md")):
        text = re.sub(r"```.*?```", lambda m: re.sub(r"[^\n]", "", m.group()),
                      path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for match in re.finditer(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            target = match.group(1)
            if "://" in target or target.startswith("mailto:"):
                continue
            if not (path.parent / target).exists():
                line = text.count("\n", 0, match.start()) + 1
                yield path.relative_to(tree.root).as_posix(), line, "link", f"{target} is not there"


CHECKS = (check_layers, check_lengths, check_library_manners, check_sql, check_text, check_links)


def read_allowed(path):
    """(rule, place) to reason; an entry without a reason is a finding."""
    allowed, findings = {}, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"(\S+) (\S+) -- (.*)", line)
        if not match or len(match.group(3)) < REASON_LENGTH_MIN:
            findings.append((path.name, number, "allowed", "<rule> <path> -- <reason>"))
        else:
            allowed[match.group(1), match.group(2)] = number
    return allowed, findings


def find(root):
    """All findings of a tree, as (path, line, rule, what)."""
    tree = Tree(root)
    allowed, findings = read_allowed(tree.root / "tests/tidy/allowed.txt")
    used = set()
    for check in CHECKS:
        for place, line, rule, what in check(tree):
            if (rule, place) in allowed:
                used.add((rule, place))
            else:
                findings.append((place, line, rule, what))
    for entry in set(allowed) - used:
        findings.append(("allowed.txt", allowed[entry], "allowed", f"{entry} matches nothing"))
    return sorted(findings)


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]
    findings = find(root)
    for place, line, rule, what in findings:
        print(f"{place.split(':')[0]}:{line}: {rule}: {what}")
    print(f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
