"""What the C header says, as Python objects. Everything that is generated is made from these."""

from __future__ import annotations

from dataclasses import dataclass, field


class HeaderError(Exception):
    """The header breaks one of its own rules; says where and how to mend it."""


@dataclass
class Doc:
    text: str = ""
    tags: dict[str, list[str]] = field(default_factory=dict)

    def has(self, tag: str) -> bool:
        return tag in self.tags

    def one(self, tag: str) -> str | None:
        values = self.tags.get(tag)
        return values[0] if values else None

    @property
    def first_sentence(self) -> str:
        text = " ".join(self.text.split())
        end = text.find(". ")
        return text if end < 0 else text[: end + 1]


@dataclass(frozen=True)
class Type:
    """kind: i32 i64 u32 u64 f64 bool id time enum str bytes money strs ids (values),
    record list page (behind pointers), cstr data (arguments), callback, handle, size."""

    kind: str
    name: str = ""  # the C name of an enum, record, list, page or handle


@dataclass
class Member:
    name: str
    type: Type
    doc: Doc
    offset: int = 0
    size: int = 0
    bit: int | None = None

    @property
    def optional(self) -> bool:
        return self.doc.has("optional") or self.doc.has("update")

    @property
    def nullable(self) -> bool:
        return self.doc.has("nullable")

    @property
    def update(self) -> bool:
        return self.doc.has("update")

    @property
    def kept(self) -> bool:
        """A list that is not given stays, and an empty one clears."""
        return self.doc.has("kept")

    @property
    def secret(self) -> bool:
        return self.doc.has("secret")

    @property
    def default(self) -> bool:
        """Zero means: as the engine chooses."""
        return self.doc.has("default")

    @property
    def pointer(self) -> bool:
        return self.type.kind in ("record", "list", "page")

    @property
    def clearable_by_bit(self) -> bool:
        return self.update and not self.pointer and self.type.kind not in TEXT_KINDS


TEXT_KINDS = ("str", "bytes", "strs", "ids")


@dataclass
class Struct:
    name: str
    kind: str  # value, record, input, list, page
    module: str
    doc: Doc
    members: list[Member] = field(default_factory=list)  # without head and reserved ones
    size: int = 0
    item: str = ""  # of lists and pages
    present_offset: int | None = None  # of the mask, `present` or `fields`
    offsets: dict[str, int] = field(default_factory=dict)
    layout: list[tuple[str, str, int, int]] = field(default_factory=list)  # name, type, at, size
    least_size: int = 0

    @property
    def cpp(self) -> str:
        return self.doc.one("cpp") or camel(self.name)

    @property
    def is_list(self) -> bool:
        return self.kind in ("list", "page")


@dataclass
class EnumValue:
    constant: str
    short: str
    value: int
    doc: Doc


@dataclass
class Enum:
    name: str
    module: str
    doc: Doc
    values: list[EnumValue] = field(default_factory=list)

    @property
    def cpp(self) -> str:
        return self.doc.one("cpp") or camel(self.name)


@dataclass
class Param:
    name: str
    type: Type
    c_type: str
    role: str  # receiver, in, out, error
    doc: str = ""
    nullable: bool = False
    default: bool = False  # zero means something: optional elsewhere, passed on as it is in C++
    secret: bool = False
    max: int | None = None
    size_name: str = ""  # the companion of counted text and bytes
    utf8: bool = True


@dataclass
class Function:
    name: str
    module: str
    verb: str
    doc: Doc
    returns: str
    params: list[Param]
    errors: list[str]
    since: str
    header: str

    @property
    def raw(self) -> bool:
        """One of the few that do not follow the shape of a call; bound by hand."""
        return self.returns != "shop_status" or not self.params or self.params[-1].role != "error"

    @property
    def custom(self) -> bool:
        return self.doc.has("custom")

    @property
    def receiver(self) -> str:
        first = self.params[0] if self.params else None
        return first.type.name if first and first.role == "receiver" else ""

    @property
    def inputs(self) -> list[Param]:
        return [p for p in self.params if p.role == "in"]

    @property
    def outputs(self) -> list[Param]:
        return [p for p in self.params if p.role == "out"]


@dataclass
class Api:
    modules: list[str]
    structs: dict[str, Struct]
    enums: dict[str, Enum]
    functions: list[Function]
    handles: dict[str, Doc]
    callbacks: dict[str, Doc] = field(default_factory=dict)
    constants: dict[str, int] = field(default_factory=dict)

    def functions_of(self, module: str) -> list[Function]:
        return [f for f in self.functions if f.header == module]

    def structs_of(self, module: str) -> list[Struct]:
        return [s for s in self.structs.values() if s.module == module]

    def enums_of(self, module: str) -> list[Enum]:
        return [e for e in self.enums.values() if e.module == module]


def camel(c_name: str) -> str:
    """shop_cart_add_input -> CartAddInput"""
    return "".join(part.capitalize() for part in c_name.removeprefix("shop_").split("_"))


def mask_name(struct: Struct, member: Member) -> str:
    return f"{struct.name.upper()}_HAS_{member.name.upper()}"
