"""Writes how the scenario runner calls each function: through C, and through the C++ facades."""

from __future__ import annotations

from .emit_cpp import NOTE, PLAIN_RESULTS, argument, method_of, enumerator, give
from .model import Api, Function


def callable_functions(api: Api, module: str) -> list[Function]:
    return [f for f in api.functions_of(module)
            if not f.raw and f.receiver and not f.name.endswith("_close")
            and not any(p.type.kind == "callback" for p in f.params)]


def locals_of(f: Function) -> list[str]:
    """The C parameters, by name, from the slots that the runner filled."""
    out = []
    slot = 0
    out_slot = 0
    for p in f.params:
        star = p.c_type.replace(" *", "*")
        if p.role == "error":
            continue
        if p.role == "out":
            out.append(f"const auto {p.name} = outs.as<{star}>({out_slot});")
            out_slot += 1
            continue
        out.append(f"const auto {p.name} = slots.as<{star}>({slot});")
        slot += 1
        if p.size_name:
            out.append(f"const auto {p.size_name} = slots.as<size_t>({slot});")
            slot += 1
    return out


def c_row(f: Function) -> list[str]:
    names = []
    for p in f.params:
        if p.role != "error":
            names.append(p.name)
            if p.size_name:
                names.append(p.size_name)
    return ["[](const Slots& slots, [[maybe_unused]] Outs& outs, shop_error** out_error) {",
            *locals_of(f), f"return {f.name}({', '.join([*names, 'out_error'])});", "}"]


def cpp_row(api: Api, f: Function) -> list[str]:
    if f.custom:
        return ["nullptr"]
    call = "SessionCall" if f.receiver == "shop_session" else "EngineCall"
    out = ["[](const Slots& slots, [[maybe_unused]] Outs& outs) {", *locals_of(f),
           f"const {call} self({f.params[0].name});"]
    args = ["self.session()"] if f.receiver == "shop_session" else []
    if f.inputs:
        out.append("Inputs inputs;")
        for p in f.inputs:
            lines, expression = argument(api, p)
            out += lines
            args.append(expression)
        out.append("inputs.check();")
    facade = "" if f.module == "engine" else f".{enumerator(f.module)}()"
    expression = f"self.engine(){facade}.{method_of(f)}({', '.join(args)})"
    return [*out, *give(f, expression), "}"]


def invoke_cpp(api: Api, module: str) -> str:
    functions = callable_functions(api, module)
    used = {module}
    for f in functions:
        for p in f.params:
            if p.type.name in api.structs and p.type.name not in PLAIN_RESULTS:
                used.add(api.structs[p.type.name].module)
            if p.type.name in api.enums:
                used.add(api.enums[p.type.name].module)
    used = {m for m in used if any(s.kind != "value" for s in api.structs_of(m)) or api.enums_of(m)}
    out = [NOTE, *[f'#include "abi/convert_{m}.hpp"' for m in sorted(used)],
           '#include "scenarios/invoke.hpp"', '#include "shop.h"', '#include "shop/shop.hpp"', "",
           "namespace shop::scenarios {", "", "using namespace shop::capi;", "",
           f"void add_{module}(Table& table) {{"]
    for f in functions:
        out += [f'table["{f.name}"] = {{', *c_row(f), ",", *cpp_row(api, f), "};"]
    return "\n".join([*out, "}", "", "}  // namespace shop::scenarios", ""])


def table_cpp(api: Api) -> str:
    modules = [m for m in api.modules if callable_functions(api, m)]
    out = [NOTE, '#include "scenarios/invoke.hpp"', "", "namespace shop::scenarios {", ""]
    out += [f"void add_{m}(Table& table);" for m in modules]
    out += ["", "Table functions() {", "  Table table;"]
    out += [f"  add_{m}(table);" for m in modules]
    return "\n".join([*out, "  return table;", "}", "", "}  // namespace shop::scenarios", ""])
