"""Every public function that takes a session has a row in operations.def and asks the guard for it;
every row is asked for; every permission is explained in docs/permissions.md.

Usage: operations.py <root>"""

import json
import pathlib
import re
import sys

# Functions that have nothing to guard, each with the reason.
UNGUARDED = {
    "reports_csv": "it is put together from reports that are guarded",
    "session_who": "says what the handle already holds",
    "session_close": "gives a handle back",
}
# Rows that nobody asks the guard for.
UNASKED = {
    "accounts_log_out": "ending one's own session is allowed even when it is over",
}


def rows(path):
    text = re.sub(r"//[^\n]*", "", path.read_text())
    found = re.findall(r"^OPERATION\((\w+), (\w+)\)", text, re.MULTILINE)
    return dict(found), [name for name, _ in found]


def facade_functions(root):
    """(module_verb, header) of each method that takes a session; the module is its accessor's name
    in engine.hpp."""
    engine = (root / "include/shop/engine.hpp").read_text()
    modules = dict(re.findall(r"(\w+)& (\w+)\(\);", engine))
    modules["Engine"] = "engine"
    for header in sorted((root / "include/shop").glob("*.hpp")):
        owner = None
        for line in header.read_text().splitlines():
            match = re.match(r"class (\w+)[^;]*\{", line)
            owner = match.group(1) if match else owner
            match = re.search(r"\b(\w+)\(const Session& ", line)
            if match and owner in modules and not line.lstrip().startswith("//"):
                yield f"{modules[owner]}_{match.group(1).rstrip('_')}", header.name


def c_functions(root):
    path = root / "capi/abi/shop.json"
    if not path.exists():
        return
    for name, function in json.loads(path.read_text())["functions"].items():
        first = function["params"][:1]
        if first and first[0]["c"].startswith("shop_session *") and first[0]["role"] != "out":
            yield name.removeprefix("shop_"), "shop.h"


def check(root):
    table, names = rows(root / "src/accounts/operations.def")
    permissions = re.findall(r"^PERMISSION\((\w+),",
                             (root / "src/accounts/permissions.def").read_text(), re.MULTILINE)
    sources = "".join(path.read_text() for path in sorted((root / "src").rglob("*.cpp")))
    asked = set(re.findall(r"\bOperation::(\w+)", sources))
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"operations.def: {name} stands there twice"
    for name, permission in table.items():
        if permission not in permissions:
            yield f"operations.def: {name} needs {permission}, which is no permission"
        if name not in asked and name not in UNASKED:
            yield f"operations.def: nobody asks the guard for {name}"
    for name, where in sorted({*facade_functions(root), *c_functions(root)}):
        if name not in table and name not in UNGUARDED:
            yield f"{where}: {name} has no row in operations.def"
    document = (root / "docs/permissions.md").read_text()
    for permission in permissions:
        if f"| `{permission}` |" not in document:
            yield f"docs/permissions.md: {permission} is not explained"


def main():
    problems = list(check(pathlib.Path(sys.argv[1])))
    print("\n".join(problems) or "every function is guarded")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
