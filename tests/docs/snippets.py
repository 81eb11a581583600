#!/usr/bin/python3
"""snippets.py <source folder> <build folder> <c++> <c> [flag]...: the documents' programs work.

Each fenced ```cpp or ```c block of README.md and docs/ that has a main() is compiled against this
build and run, each ```python or ```js block that imports libshop is run; each in an empty folder of
its own.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(cpp|c|python|js)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# A program of Python or JavaScript is one that imports the package.
IMPORTS = re.compile(r"^(import libshop|from libshop|import .* from 'libshop)", re.MULTILINE)
CPP_LIBRARIES = "-lshop-cpp -lSQLiteCpp -lsqlite3 -lsodium -lutf8proc -lfmt -pthread"


def programs(root):
    for path in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        if not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            if re.search(r"\bint main\(", match.group(2)) or IMPORTS.search(match.group(2)):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path.relative_to(root)}:{line}", match.group(1), match.group(2)


def interpret(root, build, language, code):
    """Runs Python or JavaScript with the packages of this tree and the library of this build."""
    if language == "js" and not shutil.which("node"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"snippet.{'py' if language == 'python' else 'mjs'}"
        source.write_text(code, encoding="utf-8")
        (pathlib.Path(folder) / "node_modules").mkdir()
        (pathlib.Path(folder) / "node_modules/libshop").symlink_to(root / "bindings/node")
        environment = {**os.environ, "LIBSHOP_LIBRARY": str(build / "libshop.so.1"),
                       "PYTHONPATH": str(root / "bindings/python/src")}
        program = sys.executable if language == "python" else "node"
        result = subprocess.run([program, str(source)], cwd=folder, capture_output=True, text=True,
                                timeout=120, env=environment)
        return None if result.returncode == 0 else result.stdout + result.stderr


def run(root, build, compilers, flags, language, code):
    if language in ("python", "js"):
        return interpret(root, build, language, code)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"snippet.{language}"
        source.write_text(code, encoding="utf-8")
        standard = "-std=c++20" if language == "cpp" else "-std=c11"
        libraries = CPP_LIBRARIES.split() if language == "cpp" else ["-lshop"]
        command = [
            compilers[language], standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror",
            f"-I{root}/include", f"-I{root}/capi/include", str(source), "-o", f"{folder}/snippet",
            f"-L{build}", f"-Wl,-rpath,{build}", *libraries, *flags,
        ]
        for step in (command, [f"{folder}/snippet"]):
            result = subprocess.run(step, cwd=folder, capture_output=True, text=True, timeout=120)
            if result.returncode != 0:
                return result.stdout + result.stderr
    return None


def main():
    root, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    compilers = {"cpp": sys.argv[3], "c": sys.argv[4]}
    count = failures = 0
    for place, language, code in programs(root):
        count += 1
        flags = [flag for flag in sys.argv[5:] if flag]
        problem = run(root, build, compilers, flags, language, code)
        if problem is not None:
            failures += 1
            print(f"{place}:\n{problem}")
    print(f"{count} programs, {failures} do not work")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
