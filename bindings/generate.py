#!/usr/bin/python3
"""Writes everything that follows from capi/include/shop.h: the C++ converters and function bodies,
the version script, the Python and Node packages, the reference and the tests of every symbol.

  generate.py          write what has changed
  generate.py --check  fail if something would change, or the header breaks a rule
  generate.py --rules  only fail if the header breaks a rule or a promise
  generate.py --pad    also insert the padding members that records lack
  generate.py --missing   list the C++ operations that C does not have yet
  generate.py --baseline  promise the header as it is now (see docs/stability.md)
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from generator import compat, outputs  # noqa: E402
from generator.header import read_header  # noqa: E402
from generator.model import HeaderError  # noqa: E402
from generator.pad import insert_padding  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


def read_api(root: Path, pad: bool):
    header = root / "capi/include/shop.h"
    for _ in range(1000):
        outputs.write_masks_stub(root)
        try:
            return read_header(header)
        except HeaderError as error:
            if not pad or len(error.args) < 3:
                raise
            insert_padding(root, error.args[1], error.args[2])
    raise HeaderError("the padding does not come to an end")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--pad", action="store_true")
    parser.add_argument("--missing", action="store_true")
    parser.add_argument("--baseline", action="store_true")
    parser.add_argument("--root", type=Path, default=ROOT, help="another tree, for tests")
    options = parser.parse_args()
    root = options.root.resolve()
    try:
        api = read_api(root, options.pad)
    except HeaderError as error:
        print(f"generate.py: {error.args[0]}", file=sys.stderr)
        return 1
    if options.missing:
        print("\n".join(outputs.missing_in_c(root, api)))
        return 0
    if options.baseline:
        (root / compat.BASELINE).write_text(compat.baseline_json(api))
    problems = outputs.rules(root, api)
    for problem in problems:
        print(f"generate.py: {problem}", file=sys.stderr)
    if options.rules:
        return 1 if problems else 0
    changed = outputs.write_all(root, api, dry=options.check)
    for path in changed:
        print(("differs: " if options.check else "wrote ") + str(path.relative_to(root)))
    return 1 if problems or (options.check and changed) else 0


if __name__ == "__main__":
    sys.exit(main())
