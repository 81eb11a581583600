"""How a C function looks in a language with classes: which class holds it, which arguments it has
once its input record is spread out, what it gives. Shared by the Python and Node writers."""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import Api, Function, Member, Param, Struct, Type

# Bound by hand, as they make or end the objects that everything else hangs on.
BY_HAND = {"shop_engine_open", "shop_engine_open_memory", "shop_engine_open_image",
           "shop_engine_restore", "shop_audit_watch",
           "shop_engine_close", "shop_engine_fork", "shop_session_host", "shop_session_guest",
           "shop_session_close", "shop_engine_now", "shop_engine_set_time", "shop_engine_advance"}

# Not everywhere: a function of JavaScript can only be called on its own thread.
NOT_IN = {"Node": {"shop_audit_watch"}}


@dataclass
class Argument:
    """One argument of a method; from a parameter, or from a member of the spread-out record."""

    name: str
    type: Type
    doc: str
    required: bool
    update: bool = False
    nullable: bool = False
    param: Param | None = None
    member: Member | None = None


@dataclass
class Method:
    function: Function
    name: str
    arguments: list[Argument] = field(default_factory=list)
    spread: Param | None = None  # the input record whose members are arguments
    page: bool = False
    outputs: list[Param] = field(default_factory=list)


def member_required(m: Member) -> bool:
    if m.optional or m.nullable or m.default:
        return False
    return m.type.kind not in ("bool", "strs", "ids", "list")


def member_argument(m: Member) -> Argument:
    return Argument(m.name, m.type, " ".join(m.doc.text.split()), member_required(m), m.update,
                    m.nullable or m.optional, member=m)


def gives_page(f: Function) -> bool:
    """Lists become rows that are read page by page; a page inside a larger result does not."""
    return bool(f.outputs) and f.outputs[-1].type.kind == "page"


def method_of(api: Api, f: Function) -> Method:
    method = Method(f, f.verb, outputs=f.outputs)
    records = [p for p in f.inputs if p.type.kind == "record" and p.type.name != "shop_page_query"]
    if len(records) == 1:
        members = api.structs[records[0].type.name].members
        plain = {p.name for p in f.inputs if p is not records[0]} | {"page"}
        if gives_page(f):
            plain.add("limit")
        whole = records[0].nullable and any(member_required(m) for m in members)
        if not whole and not plain & {m.name for m in members}:
            method.spread = records[0]
    for p in f.inputs:
        if p.type.name == "shop_page_query" and gives_page(f):
            method.page = True
        elif p is method.spread:
            method.arguments += [member_argument(m) for m in api.structs[p.type.name].members]
        else:
            absent = p.nullable or p.default
            method.arguments.append(Argument(p.name, p.type, p.doc, not absent, False, absent,
                                             param=p))
    method.arguments.sort(key=lambda a: not a.required)
    return method


def classes_of(api: Api) -> list[tuple[str, str, list[Method]]]:
    """(module, receiver, methods): one class each."""
    found: dict[tuple[str, str], list[Method]] = {}
    for f in api.functions:
        if f.raw or f.name in BY_HAND:
            continue
        found.setdefault((f.module, f.receiver), []).append(method_of(api, f))
    return [(module, receiver, methods) for (module, receiver), methods in found.items()]


def is_own(module: str, receiver: str) -> bool:
    """Whether the functions are methods of the shop or the session itself, not of a module."""
    return (module, receiver) in (("engine", "shop_engine"), ("session", "shop_session"))


def records_of(api: Api) -> list[Struct]:
    """The result records that the languages have classes for."""
    hidden = {"shop_error", "shop_error_detail", "shop_error_param", "shop_text", "shop_texts",
              "shop_blob",
              "shop_status_row", "shop_abi", "shop_abi_struct"}
    return [s for s in api.structs.values() if s.kind == "record" and s.name not in hidden]


def inputs_of(api: Api) -> list[Struct]:
    return [s for s in api.structs.values() if s.kind == "input"]


def nested_inputs(api: Api) -> set[str]:
    """Inputs that a caller builds as objects: those inside others, or not spread out."""
    nested: set[str] = set()
    for s in inputs_of(api):
        for m in s.members:
            if m.type.kind == "list":
                nested.add(api.structs[m.type.name].item)
            elif m.type.kind == "record":
                nested.add(m.type.name)
    for f in api.functions:
        method = method_of(api, f)
        for a in method.arguments:
            if a.param and a.type.kind == "record":
                nested.add(a.type.name)
            elif a.param and a.type.kind == "list":
                nested.add(api.structs[a.type.name].item)
    return nested
