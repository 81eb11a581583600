"""The mutants of SQL statements: `inline const db::Sql k_name{"name", "SELECT …"}` in *_sql.hpp.

They are texts that are prepared instead of the statement's own. Those that SQLite does not take, or
compiles to the same program, are left out.
"""

import re
import sqlite3
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TERM = r"(?:[\w.$]+(?:\([\w.$, *]*\))?(?: [-+] [\w.$]+)*)"
CONDITION = re.compile(rf"(?<= )\(?({TERM} (?:=|<>|<=|>=|<|>) {TERM}|{TERM} IS (?:NOT )?NULL)"
                       r"(?= AND| OR|\)|$| ORDER| GROUP| LIMIT| THEN| RETURNING| WHERE| LEFT"
                       r"| JOIN)")
OPERATORS = {"<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
             "<>": ["="], "=": ["<>"], "+": ["-"], "-": ["+"], "*": ["+"], "AND": ["OR"],
             "OR": ["AND"]}


def declared(path):
    """(constant, name, text) of each statement of a header."""
    done = subprocess.run(
        ["g++", "-E", "-P", "-std=c++20", "-x", "c++", f"-I{ROOT}/src", f"-I{ROOT}/include",
         str(ROOT / path)], capture_output=True, text=True, check=True)
    pattern = (r"const (?:db::)?Sql (k_\w+)\s*\{\s*\"(\w+)\"\s*,\s*"
               r"((?:\"(?:[^\"\\]|\\.)*\"\s*)+)")
    for constant, name, parts in re.findall(pattern, done.stdout):
        yield constant, name, "".join(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", parts))


def in_assignments(text, position):
    """Whether an = there gives a column its value."""
    before = text[:position]
    last_set = before.rfind(" SET ")
    return last_set >= 0 and " WHERE " not in before[last_set:]


def changes(text):
    """(start, end, new) of every change."""
    for match in re.finditer(r" (<=|>=|<>|<|>|=|\+|-|\*|AND|OR)(?= )", text):
        operator = match.group(1)
        if operator == "=" and in_assignments(text, match.start()):
            # the column keeps what it has: the assignment is left out
            column = re.search(r"(\w+)$", text[:match.start()]).group(1)
            depth, end = 0, match.end()
            while end < len(text):
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                ends = text[end] == "," or re.match(r" (WHERE|RETURNING)\b", text[end:])
                if depth < 0 or (depth == 0 and ends):
                    break
                end += 1
            yield match.end() + 1, end, column
            continue
        for new in OPERATORS[operator]:
            yield match.start(1), match.end(1), new
    for match in CONDITION.finditer(text):
        if not in_assignments(text, match.start()):
            yield match.start(1), match.end(1), "TRUE"
    for match in re.finditer(r"(?<=[ (])\d+(?=[ ,)]|$)", text):
        if not re.search(r"LIMIT $", text[:match.start()]):
            yield match.start(), match.end(), str(int(match.group()) + 1)
    for old, new in ((r"\bNOT EXISTS\b", "EXISTS"), (r"(?<!NOT )\bEXISTS\b", "NOT EXISTS"),
                     (r"\bIS NOT NULL\b", "IS NULL"), (r"\bIS NULL\b", "IS NOT NULL"),
                     (r" DESC\b", ""), (r"\bmin\(", "max("), (r"\bmax\(", "min("),
                     (r"\bsum\(", "max("), (r"\bLEFT JOIN\b", "JOIN")):
        for match in re.finditer(old, text):
            yield match.start(), match.end(), new
    for match in re.finditer(r"ORDER BY ([\w.]+)(?! DESC)\b(?=,|$|\))", text):
        yield match.end(), match.end(), " DESC"


class Schema:
    """Every table of a shop, to ask SQLite what it makes of a text."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:")
        scripts = sorted(ROOT.glob("src/*/migrations/*.sql"), key=lambda path: path.name)
        for script in scripts:
            self.connection.executescript(script.read_text(encoding="utf-8"))

    def program(self, text):
        values = {number: None for number in re.findall(r"\$(\d+)", text)}
        try:
            rows = self.connection.execute("EXPLAIN " + text, values).fetchall()
        except sqlite3.Error:
            return None
        return [row[1:] for row in rows]


def mutate_header(path, first_id, schema):
    """The mutants of a header's statements."""
    mutants = []
    for constant, name, text in declared(path):
        own = schema.program(text)
        if own is None:
            raise RuntimeError(f"{path}: {name} does not compile")
        tried = {text}
        for start, end, new in changes(text):
            mutated = text[:start] + new + text[end:]
            program = schema.program(mutated)
            if mutated in tried or program is None or program == own:
                continue
            tried.add(mutated)
            number = first_id + len(mutants)
            what = f"{text[max(0, start - 30):start]}⟨{text[start:end]}⟩{text[end:end + 20]}"
            mutants.append({"id": number, "place": number, "path": path, "line": 0,
                            "function": constant, "what": what, "old": text[start:end],
                            "new": new, "sql": text, "mutated": mutated})
    return mutants
