"""Writes the API description: everything a tool needs to call libshop without reading C."""

from __future__ import annotations

import json

from .model import Api, Doc, Function, Member, Struct, Type
from .surface import method_of


def type_json(type_: Type) -> str:
    return f"{type_.kind}:{type_.name}" if type_.name else type_.kind


def member_json(m: Member) -> dict:
    out = {"name": m.name, "type": type_json(m.type), "offset": m.offset, "size": m.size}
    for flag in ("optional", "nullable", "update", "default", "secret"):
        if getattr(m, flag):
            out[flag] = True
    if m.bit is not None:
        out["bit"] = m.bit
    out["doc"] = " ".join(m.doc.text.split())
    return out


def struct_json(s: Struct) -> dict:
    out: dict = {"kind": s.kind, "module": s.module, "size": s.size,
                 "layout": [[name, type_, at, size] for name, type_, at, size in s.layout]}
    if s.item:
        out["item"] = s.item
    if s.present_offset is not None:
        out["mask_offset"] = s.present_offset
    out["members"] = [member_json(m) for m in s.members]
    out["doc"] = doc_text(s.doc)
    return out


def doc_text(doc: Doc) -> str:
    return " ".join(doc.text.split())


def function_json(api: Api, f: Function) -> dict:
    params = []
    for p in f.params:
        entry = {"name": p.name, "type": type_json(p.type), "c": p.c_type, "role": p.role}
        if p.nullable or p.default:
            entry["nullable"] = True
        if p.size_name:
            entry["size_name"] = p.size_name
        if p.doc:
            entry["doc"] = p.doc
        params.append(entry)
    out = {"name": f.name, "module": f.module, "verb": f.verb, "returns": f.returns,
           "params": params, "errors": f.errors, "since": f.since, "doc": doc_text(f.doc)}
    if f.raw:
        out["raw"] = True
        return out
    method = method_of(api, f)
    if method.spread:  # its members are the method's own arguments in Python and Node
        out["spread"] = method.spread.name
    return out


def shop_json(api: Api) -> str:
    data = {
        "abi": 1,
        "enums": {e.name: {"doc": doc_text(e.doc), "values": [
            {"name": v.constant, "short": v.short, "value": v.value,
             "doc": " ".join(v.doc.text.split())} for v in e.values]}
            for e in api.enums.values()},
        "structs": {s.name: struct_json(s) for s in api.structs.values()},
        "functions": {f.name: function_json(api, f) for f in api.functions},
    }
    return compact(data)


def compact(data: dict) -> str:
    """One line per struct, function and enum: readable differences, a tenth of the lines."""
    lines = ["{", f'"abi": {data["abi"]},']
    for section in ("enums", "structs", "functions"):
        rows = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
                for name, value in data[section].items()]
        end = "}" if section == "functions" else "},"
        lines += [f'"{section}": {{', ",\n".join(rows), end]
    return "\n".join([*lines, "}", ""])
