"""Which file is made by what, and the rules that the header keeps."""

from __future__ import annotations

import subprocess
from pathlib import Path

from . import emit_cpp, emit_json, emit_node, emit_python
from .model import Api


def write_masks_stub(root: Path) -> None:
    """The masks header is included by shop.h, so it must exist before the first run."""
    path = root / "capi/include/shop/masks.h"
    if not path.exists():
        path.write_text("")


def rules(root: Path, api: Api) -> list[str]:
    problems = []
    codes = {v.short for v in api.enums["shop_status"].values}
    for function in api.functions:
        def bad(what: str) -> None:
            problems.append(f"{function.name}: {what}")
        if not function.doc.text:
            bad("has no comment")
        if not function.since:
            bad("lacks @since")
        for param in function.params:
            if param.role != "error" and not param.doc:
                bad(f"lacks @param {param.name}")
        if function.raw:
            continue
        if "errors" not in function.doc.tags:
            bad("lacks @errors (write `@errors none` where only the common ones apply)")
        problems += [f"{function.name}: @errors names {e}, which is no code"
                     for e in function.errors if e not in codes]
        owned = {n.strip(",") for text in function.doc.tags.get("owned", []) for n in text.split()}
        for param in function.outputs:
            boxed = param.type.kind in ("record", "list", "page", "handle")
            if boxed and param.name not in owned:
                bad(f"lacks @owned {param.name}")
    for struct in api.structs.values():
        if not struct.doc.text:
            problems.append(f"{struct.name}: has no comment")
    return problems


def all_files(api: Api) -> dict[str, str]:
    files = {
        "capi/include/shop/masks.h": emit_cpp.masks_h(api),
        "capi/abi/structs.cpp": emit_cpp.structs_cpp(api),
        "capi/abi/shop.map": emit_cpp.version_script(api),
        "tests/capi/symbols.c": emit_cpp.symbols_c(api),
    }
    package = "bindings/python/src/libshop"
    files |= {
        "capi/abi/shop.json": emit_json.shop_json(api),
        f"{package}/_abi.py": emit_python.abi_py(api),
        f"{package}/_types.py": emit_python.types_py(api),
        f"{package}/_exceptions.py": emit_python.exceptions_py(api),
        f"{package}/_api.py": emit_python.api_py(api),
    }
    node = "bindings/node"
    names = ["open", "openImage", "Shop", "Session", "Rows", "Money", "ShopError",
             *emit_node.exception_names(api)]
    files |= {
        f"{node}/lib/abi.js": emit_node.abi_js(api),
        f"{node}/lib/types.js": emit_node.types_js(api),
        f"{node}/lib/modules.js": emit_node.modules_js(api),
        f"{node}/lib/types.d.ts": emit_node.generated_dts(api),
        f"{node}/lib/modules.d.ts": emit_node.modules_dts(api, False),
        f"{node}/lib/promise-modules.d.ts": emit_node.modules_dts(api, True),
        f"{node}/lib/errors.d.ts": emit_node.errors_dts(api),
        f"{node}/index.mjs": emit_node.index_mjs(names, "index.js"),
        f"{node}/promises.mjs": emit_node.index_mjs(names, "promises.js"),
    }
    for module in api.modules:
        if emit_cpp.generated_structs(api, module) or api.enums_of(module):
            files[f"capi/abi/convert_{module}.hpp"] = emit_cpp.convert_hpp(api, module)
            files[f"capi/abi/convert_{module}.cpp"] = emit_cpp.convert_cpp(api, module)
        calls = emit_cpp.calls_cpp(api, module)
        if calls:
            files[f"capi/abi/calls_{module}.cpp"] = calls
    for name, text in files.items():
        if name.endswith((".cpp", ".hpp")):
            files[name] = formatted(name, text)
    return files


def formatted(name: str, text: str) -> str:
    command = ["clang-format-14", f"--assume-filename={name}",
               "--style={BasedOnStyle: Google, ColumnLimit: 100, SortIncludes: false}"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def write_all(root: Path, api: Api, dry: bool) -> list[Path]:
    files = all_files(api)
    changed = []
    for name, text in files.items():
        path = root / name
        if path.exists() and path.read_text() == text:
            continue
        changed.append(path)
        if not dry:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    for stale in sorted((root / "capi/abi").glob("c[oa]*_*.[ch]pp")):
        if str(stale.relative_to(root)) not in files:
            changed.append(stale)
            if not dry:
                stale.unlink()
    return changed
