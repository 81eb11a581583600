"""The table of docs/security.md: each row that applies names a test, and the test is there.

Usage: asvs.py <root>"""

import pathlib
import re
import sys

LETTER = r"\b([A-Z])\b((?: \"[^\"]+\",?)*)"
# Rows that no test can show: they are about documents, or about how a shop is put together.
NO_TEST = ("does not apply", "this page", "by construction")
# Files that are about one thing alone; the others need the name of a case.
WHOLE = "MTOX"


def files_of(text, root):
    """Which file a letter stands for, as the text before the table says."""
    head = text[text.index("## ASVS"):text.index("| requirement |")]
    found = {}
    for letter, path in re.findall(r"\b([A-Z])\s+=\s+`([^`]+)`", head):
        path = path if "/" in path else f"tests/accounts/{path}"
        found[letter] = root / path
    return found


def cases_of(path):
    return re.findall(r'TEST_CASE(?:_FIXTURE)?\(\s*(?:\w+,\s*)?"([^"]+)"', path.read_text())


def check_row(shown, files, root):
    if any(reason in shown for reason in NO_TEST):
        return
    paths = re.findall(r"`([^`]+)`", shown)
    for path in paths:
        if not path.startswith("tests/") or not (root / path).exists():
            yield f"{path} is no test"
    letters = re.findall(LETTER, re.sub(r"`[^`]+`", "", shown))
    for letter, names in letters:
        if letter not in files:
            yield f"{letter} stands for no file"
            continue
        if not files[letter].exists():
            yield f"{files[letter]} is not there"
            continue
        quoted = re.findall(r'"([^"]+)"', names)
        if not quoted and letter not in WHOLE:
            yield f"{letter} needs the name of a case"
        cases = cases_of(files[letter])
        yield from (f'{letter} has no case "{name}"' for name in quoted
                    if not any(name in case for case in cases))
    if not paths and not letters:
        yield "no test is named"


def check(root):
    text = (root / "docs/security.md").read_text()
    files = files_of(text, root)
    rows = 0
    for line in text[text.index("| requirement |"):].splitlines()[2:]:
        if not line.startswith("|"):
            break
        rows += 1
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        shown = cells[2]
        # What does not apply says so in either column.
        if "does not apply" in cells[1] + shown:
            continue
        yield from (f"{cells[0]}: {problem}" for problem in check_row(shown, files, root))
    if rows < 40:
        yield f"only {rows} rows were found"


def main():
    problems = list(check(pathlib.Path(sys.argv[1])))
    print("\n".join(problems) or "every requirement has its test")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
