#!/usr/bin/python3
"""Shows each rule of tidy.py a violation that it must find and a twin in which it must not."""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import tidy  # noqa: E402

LAYERS = "core [money]\ndb\nleft right\nengine [shop]\ncapi\n"
LONG_BODY = "\n".join("  f();" for _ in range(70))
TABLES = "CREATE TABLE lefts (id BIGINT);\n"

# rule, path, violation, the same done right
CASES = [
    ("layers", "src/core/a.cpp", '#include "db/tx.hpp"\n', '#include "core/b.hpp"\n'),
    ("layers", "src/left/a.cpp", '#include "right/right.hpp"\n', '#include "db/tx.hpp"\n'),
    ("layers", "include/shop/left.hpp", "#pragma once\n#include <shop/engine.hpp>\n",
     "#pragma once\n#include <shop/money.hpp>\n"),
    ("layers", "src/unheard_of/a.cpp", "int a;\n", None),
    ("function-length", "src/left/a.cpp", f"int f() {{\n{LONG_BODY}\n}}\n", "int f() {\n}\n"),
    ("function-length", "src/left/a.cpp",
     f"namespace a {{\nclass B {{\n public:\n  B(int a) : a_(a) {{\n{LONG_BODY}\n  }}\n}};\n}}\n",
     f"namespace a {{\nclass B {{\n{LONG_BODY}\n}};\n}}\n"),
    ("file-length", "src/left/a.cpp", "int a;\n" * 501, "// a comment\n" * 501),
    ("printing", "src/left/a.cpp", "void f() { std::cerr << 1; }\n", "// std::cerr << 1\n"),
    ("printing", "capi/a.cpp", 'void f() { printf("x"); }\n', 'void f() { snprintf("x"); }\n'),
    ("ending", "src/left/a.cpp", "void f() { std::abort(); }\n", "void f() { aborted(); }\n"),
    ("ending", "src/left/a.cpp", "void f() { assert(x); }\n", "static_assert(sizeof(int) == 4);\n"),
    ("sql-place", "src/left/service.cpp", 'auto s = "SELECT 1";\n', 'auto s = "Select one";\n'),
    ("sql-place", "src/left/service.cpp", 'auto s = R"(\nUPDATE lefts SET a = 1)";\n', None),
    ("sql-portable", "src/left/left_sql.hpp",
     '#pragma once\nauto s = "SELECT a FROM lefts WHERE a LIKE $b";\n',
     '#pragma once\nauto s = "SELECT a FROM lefts WHERE a = \'LIKE\'";\n'),
    ("sql-portable", "src/left/store.cpp", 'auto s = "SELECT max(a, b) FROM lefts";\n',
     'auto s = "SELECT max(a), b FROM lefts";\n'),
    ("sql-tables", "src/right/right_sql.hpp", '#pragma once\nauto s = "SELECT 1 FROM lefts";\n',
     '#pragma once\nauto s = "SELECT 1 FROM rights";\n'),
    ("width", "tests/a.cpp", "// " + "x" * 98 + "\n", "// " + "x" * 97 + "\n"),
    ("space", "src/left/a.cpp", "int a; \n", "int a;\n"),
    ("todo", "src/left/a.cpp", "// TODO: fix\n", "// TODO: drop when Debian 12 is not supported\n"),
    ("pragma-once", "src/left/a.hpp", "int a;\n", "#pragma once\nint a;\n"),
    ("link", "docs/a.md", "[b](b.md)\n", "[a](a.md#b), [c](https://c.example)\n"),
    ("allowed", "tests/tidy/allowed.txt", "width src/a.cpp -- it was that wide when it came\n", ""),
    ("allowed", "tests/tidy/allowed.txt", "width src/a.cpp\n", "# nothing\n"),
]


def findings_of(path, text):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        files = {
            "tests/tidy/layers.txt": LAYERS,
            "tests/tidy/allowed.txt": "",
            "src/left/migrations/0001_left.sql": TABLES,
            "src/db/tx.hpp": "#pragma once\n",
            "src/core/b.hpp": "#pragma once\n",
            "src/right/right.hpp": "#pragma once\n",
            path: text,
        }
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content)
        return tidy.find(root)


def main():
    failures = 0
    for rule, path, wrong, right in CASES:
        rules = [finding[2] for finding in findings_of(path, wrong)]
        if rules != [rule]:
            failures += 1
            print(f"{rule}: a violation in {path} gave {rules}:\n{wrong}")
        if right is not None and findings_of(path, right):
            failures += 1
            print(f"{rule}: found in what is right: {findings_of(path, right)}:\n{right}")
    print(f"{len(CASES)} violations planted, {failures} wrong answers")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
