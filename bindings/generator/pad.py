"""Inserts the padding members that a record lacks, so that nobody has to count bytes."""

from __future__ import annotations

import re
from pathlib import Path


def insert_padding(root: Path, struct: str, after: str) -> None:
    for header in sorted((root / "capi/include/shop").glob("*.h")):
        source = header.read_text()
        match = re.search(r"\bstruct " + struct + r" \{(.*?)\n\}( " + struct + ")?;", source,
                          re.S)
        if not match:
            continue
        body = match.group(1)
        used = [int(n) for n in re.findall(r"\b(?:unused|reserved)_(\d+)\b", body)]
        line = f"  uint32_t unused_{max(used, default=1) + 1};"
        member = re.compile(r"\n[^\n]*\b" + after + r";[^\n]*")
        found = member.search(body)
        if not found:
            raise SystemExit(f"cannot find {struct}.{after}")
        end = found.end()
        if "/**<" in found.group(0) and "*/" not in found.group(0):
            end = body.index("*/", end) + 2
        body = body[:end] + "\n" + line + body[end:]
        header.write_text(source[:match.start(1)] + body + source[match.end(1):])
        return
    raise SystemExit(f"cannot find {struct}")
