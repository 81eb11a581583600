"""What was promised, and whether the header still keeps it: signatures equal, structs equal as far
as they were known, constants unchanged."""

from __future__ import annotations

import json
from pathlib import Path

from .model import Api

BASELINE = "bindings/baseline-1.json"
ALLOWED = "bindings/baseline-allowed.json"


def promise(api: Api) -> dict:
    functions = {}
    for f in api.functions:
        parts = [f.returns]
        for p in f.params:
            parts.append(f"{p.c_type} {p.name}")
            if p.size_name:
                parts.append(f"size_t {p.size_name}")
        functions[f.name] = parts
    return {
        "functions": functions,
        "structs": {s.name: [list(row) for row in s.layout] for s in api.structs.values()},
        "bits": {s.name: {m.name: m.bit for m in s.members if m.bit is not None}
                 for s in api.structs.values() if any(m.bit is not None for m in s.members)},
        "constants": dict(api.constants),
    }


def baseline_json(api: Api) -> str:
    data = promise(api)
    lines = ["{"]
    for section, rows in data.items():
        listed = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in rows.items()]
        comma = "," if section != "constants" else ""
        lines += [f'"{section}": {{', ",\n".join(listed), "}" + comma]
    return "\n".join([*lines, "}", ""])


def broken_promises(root: Path, api: Api) -> list[str]:
    path = root / BASELINE
    if not path.exists():
        return []
    allowed_path = root / ALLOWED
    allowed = json.loads(allowed_path.read_text()) if allowed_path.exists() else {}
    old, new = json.loads(path.read_text()), promise(api)
    problems = {}
    for name, parts in old["functions"].items():
        now = new["functions"].get(name)
        if now is None:
            problems[name] = "was removed"
        elif now != parts:
            problems[name] = f"changed its signature from {parts} to {now}"
    for name, layout in old["structs"].items():
        now = new["structs"].get(name)
        if now is None:
            problems[name] = "was removed"
            continue
        for i, row in enumerate(layout):
            if i >= len(now) or now[i] != row:
                problems[f"{name}.{row[0]}"] = "was moved, removed or given another type"
    for name, bits in old.get("bits", {}).items():
        for member, bit in bits.items():
            if new["bits"].get(name, {}).get(member) != bit:
                problems[f"{name}.{member}"] = "has another bit, or none"
    for name, value in old["constants"].items():
        if new["constants"].get(name) != value:
            problems[name] = f"was {value} and is {new['constants'].get(name, 'gone')}"
    return [f"{name} {what}, against {BASELINE}" for name, what in problems.items()
            if not allowed.get(name)]  # the value is the reason
