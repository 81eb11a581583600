"""Reads the C header into the model: declarations by pycparser, comments by their place, layouts
from a compiled probe."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from pycparser import c_ast, c_parser

from .model import (Api, Doc, Enum, EnumValue, Function, HeaderError, Member, Param, Struct, Type)

PRELUDE = """
typedef signed char int8_t; typedef unsigned char uint8_t; typedef int int32_t;
typedef unsigned int uint32_t; typedef long int64_t; typedef unsigned long uint64_t;
typedef unsigned long size_t; typedef unsigned long uintptr_t;
"""

SCALARS = {
    "int32_t": "i32", "int64_t": "i64", "uint32_t": "u32", "uint64_t": "u64", "double": "f64",
    "shop_bool": "bool", "shop_id": "id", "shop_time": "time", "size_t": "size",
}
VALUES = {"shop_str": "str", "shop_bytes": "bytes", "shop_money": "money", "shop_strs": "strs",
          "shop_ids": "ids"}
HANDLES = ("shop_engine", "shop_session")

COMMENT = re.compile(r"/\*\*(?!\*)(<?)(.*?)\*/", re.S)
TAG = re.compile(r"(?<![\w@`])@(\w+)")


def parse_doc(raw: str) -> Doc:
    lines = [re.sub(r"^\s*\*? ?", "", line) for line in raw.strip().splitlines()]
    text = "\n".join(line.rstrip() for line in lines).strip()
    doc = Doc()
    marks = list(TAG.finditer(text))
    doc.text = text[: marks[0].start()].strip() if marks else text
    for mark, following in zip(marks, marks[1:] + [None]):
        end = following.start() if following else len(text)
        value = " ".join(text[mark.end():end].split())
        doc.tags.setdefault(mark.group(1), []).append(value)
    return doc


class Comments:
    """The documentation comments of one file, by line."""

    def __init__(self, path: str):
        self.source = Path(path).read_text()
        self.blocks: list[tuple[int, int, bool, Doc]] = []
        for match in COMMENT.finditer(self.source):
            first = self.source.count("\n", 0, match.start()) + 1
            last = self.source.count("\n", 0, match.end()) + 1
            self.blocks.append((first, last, match.group(1) == "<", parse_doc(match.group(2))))
        blank = lambda m: re.sub(r"[^\n]", " ", m.group(0))
        self.code = re.sub(r"/\*.*?\*/|//[^\n]*", blank, self.source, flags=re.S).split("\n")

    def before(self, line: int) -> Doc:
        """The comment in front of the declaration that names itself on `line`."""
        best = None
        for first, last, trailing, doc in self.blocks:
            if not trailing and last <= line:
                best = (last, doc)
        if best is None:
            return Doc()
        between = "\n".join(self.code[best[0]: line - 1])
        return Doc() if ";" in between or "}" in between else best[1]

    def member(self, line: int) -> Doc:
        """The trailing comment of the member on `line`, or the one right above it."""
        for first, last, trailing, doc in self.blocks:
            if trailing and first == line:
                return doc
        for first, last, trailing, doc in self.blocks:
            if not trailing and last == line - 1:
                return doc
        return Doc()


def preprocess(root: Path, header: Path) -> str:
    command = ["cc", "-E", "-DSHOP_PARSE", "-I", str(root), str(header)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def type_name(node: c_ast.Node) -> tuple[str, int, bool]:
    """(base type, pointer depth, whether the innermost is const)"""
    depth = 0
    while isinstance(node, (c_ast.PtrDecl,)):
        depth += 1
        node = node.type
    if isinstance(node, c_ast.ArrayDecl):
        return "array", depth, False
    const = "const" in node.quals
    inner = node.type
    if isinstance(inner, c_ast.IdentifierType):
        return " ".join(inner.names), depth, const
    if isinstance(inner, (c_ast.Struct, c_ast.Enum)):
        return inner.name or "", depth, const
    raise HeaderError(f"unsupported type at {node.coord}")


class Reader:
    def __init__(self, header: Path):
        self.root = header.parent
        self.header = header
        self.comments: dict[str, Comments] = {}
        self.api = Api([], {}, {}, [], {})
        self.pending_enum: Enum | None = None
        self.defining = ""
        self.raw_members: dict[str, list[tuple[str, str, int]]] = {}

    def module_of(self, coord) -> str:
        return Path(coord.file).stem

    def comments_of(self, coord) -> Comments:
        path = os.path.normpath(coord.file)
        if path not in self.comments:
            self.comments[path] = Comments(path)
        return self.comments[path]

    def read(self) -> Api:
        text = PRELUDE + preprocess(self.root, self.header)
        text = re.sub(r"^# \d+ \"<[^\n]*$", "", text, flags=re.M)
        tree = c_parser.CParser().parse(text, "prelude")
        for node in tree.ext:
            if node.coord.file == "prelude" or not node.coord.file.endswith(".h"):
                continue
            self.declaration(node)
        self.api.modules = list(dict.fromkeys(
            [s.module for s in self.api.structs.values()]
            + [e.module for e in self.api.enums.values()]
            + [f.header for f in self.api.functions]))
        self.layout()
        for struct in self.api.structs.values():
            self.finish_struct(struct)
        return self.api

    # Declarations

    def declaration(self, node) -> None:
        if isinstance(node, c_ast.Typedef):
            self.typedef(node)
        elif isinstance(node, c_ast.Decl) and isinstance(node.type, c_ast.Enum):
            self.enumerators(node.type)
        elif isinstance(node, c_ast.Decl) and isinstance(node.type, c_ast.FuncDecl):
            self.function(node)
        elif isinstance(node, c_ast.Decl) and isinstance(node.type, c_ast.Struct) \
                and node.type.name in self.api.handles:
            # a record that was declared before, so that it can hold others of its kind
            self.api.handles.pop(node.type.name)
            self.struct(node.type.name, node, node.type,
                        self.comments_of(node.coord).before(node.type.coord.line))
        else:
            raise HeaderError(f"{node.coord}: only typedefs, enums and functions belong here")

    def typedef(self, node: c_ast.Typedef) -> None:
        inner = node.type.type
        defined = isinstance(inner, c_ast.Struct) and inner.decls is not None
        line = inner.coord.line if defined else node.coord.line
        doc = self.comments_of(node.coord).before(line)
        if isinstance(inner, c_ast.Struct):
            if inner.decls is None:
                self.api.handles[node.name] = doc
                return
            self.struct(node.name, node, inner, doc)
        elif isinstance(inner, c_ast.IdentifierType):
            if inner.names == ["int32_t"] and node.name not in SCALARS:
                enum = Enum(node.name, self.module_of(node.coord), doc)
                self.api.enums[node.name] = enum
                self.pending_enum = enum
        elif isinstance(inner, c_ast.FuncDecl):
            self.api.callbacks[node.name] = doc
        else:
            raise HeaderError(f"{node.coord}: unsupported typedef {node.name}")

    def enumerators(self, node: c_ast.Enum) -> None:
        enum, self.pending_enum = self.pending_enum, None
        if enum is None or node.name:
            raise HeaderError(f"{node.coord}: an anonymous enum belongs right after its typedef")
        prefix = enum.name.upper() + "_"
        for item in node.values.enumerators:
            if item.value is None:
                raise HeaderError(f"{item.coord}: {item.name} needs an explicit value")
            value = constant_value(item.value)
            short = item.name.removeprefix(prefix)
            if enum.name == "shop_status":
                short = item.name.removeprefix("SHOP_").removeprefix("E_")
            elif not item.name.startswith(prefix):
                raise HeaderError(f"{item.coord}: {item.name} must begin with {prefix}")
            doc = self.comments_of(item.coord).member(item.coord.line)
            enum.values.append(EnumValue(item.name, short.lower(), value, doc))
            self.api.constants[item.name] = value

    def struct(self, struct_name: str, node, inner: c_ast.Struct, doc: Doc) -> None:
        if struct_name in self.api.structs:
            raise HeaderError(f"{node.coord}: {struct_name} is declared twice")
        names = [decl.name for decl in inner.decls]
        if names[:2] == ["struct_size", "item_size"]:
            kind = "page" if "next_cursor" in names else "list"
        elif names[0] == "struct_size":
            kind = "input" if names[2:3] == ["fields"] else "record"
        else:
            kind = "value"
        if kind == "value" and struct_name not in VALUES:
            raise HeaderError(f"{node.coord}: {struct_name} must start with SHOP_RECORD_HEAD or "
                              "SHOP_INPUT_HEAD")
        struct = Struct(struct_name, kind, self.module_of(node.coord), doc)
        raw = []
        self.defining = struct_name
        comments = self.comments_of(node.coord)
        for decl in inner.decls:
            base, depth, _ = type_name(decl.type)
            raw.append((decl.name, base + "*" * depth, decl.coord.line))
            if struct.is_list and decl.name == "items":
                struct.item = base
            if kind == "value" or struct.is_list or len(raw) <= 3 or \
                    re.fullmatch(r"unused(_\d+)?|reserved_\d+", decl.name):
                continue  # the head, and padding
            member_doc = comments.member(decl.coord.line)
            where = f"{decl.coord}: {struct_name}.{decl.name}"
            struct.members.append(Member(decl.name, self.member_type(base, depth, where),
                                         member_doc))
        self.raw_members[struct_name] = raw
        self.api.structs[struct_name] = struct

    def member_type(self, base: str, depth: int, where: str) -> Type:
        if depth == 0:
            if base in SCALARS and base != "size_t":
                return Type(SCALARS[base])
            if base in VALUES:
                return Type(VALUES[base])
            if base in self.api.enums:
                return Type("enum", base)
        if depth == 1 and base in self.api.structs:
            return Type(self.struct_kind(base), base)
        if depth == 1 and (base in self.api.handles or base == self.defining):
            return Type("record", base)
        raise HeaderError(f"{where}: members are numbers, enums, frozen values, or pointers to "
                          f"records declared before, not {base}{'*' * depth}")

    def struct_kind(self, name: str) -> str:
        kind = self.api.structs[name].kind
        return "record" if kind == "input" else kind

    # Functions

    def function(self, node: c_ast.Decl) -> None:
        doc = self.comments_of(node.coord).before(node.coord.line)
        header = self.module_of(node.coord)
        returns, depth, const = type_name(node.type.type)
        returns = ("const " if const else "") + returns + " *" * (1 if depth else 0)
        docs = {}
        for text in doc.tags.get("param", []):
            name, _, rest = text.partition(" ")
            docs[name] = rest
        params = self.params(node, doc, docs)
        match = re.fullmatch(r"shop_([a-z]+)_([a-z0-9_]+)", node.name)
        if not match:
            raise HeaderError(f"{node.coord}: {node.name} must be shop_<module>_<verb>")
        errors = []
        for text in doc.tags.get("errors", []):
            errors += [e for e in re.split(r"[,\s]+", text) if e and e != "none"]
        self.api.functions.append(Function(
            node.name, match.group(1), match.group(2), doc, returns, params, errors,
            doc.one("since") or "", header))

    def params(self, node: c_ast.Decl, doc: Doc, docs: dict[str, str]) -> list[Param]:
        listed = node.type.args.params if node.type.args else []
        nullable = {n for text in doc.tags.get("nullable", []) for n in re.split(r"[,\s]+", text)}
        default = {n for text in doc.tags.get("default", []) for n in re.split(r"[,\s]+", text)}
        secret = {n for text in doc.tags.get("secret", []) for n in re.split(r"[,\s]+", text)}
        limits = dict(text.split()[:2] for text in doc.tags.get("max", []))
        params: list[Param] = []
        for i, decl in enumerate(listed):
            if decl.name is None:
                continue  # (void)
            base, depth, const = type_name(decl.type)
            c_type = ("const " if const else "") + base + " " + "*" * depth
            type_, role = self.param_type(base, depth, const, i, f"{decl.coord}: {decl.name}")
            if type_.kind == "size" and params and decl.name == params[-1].name + "_size":
                params[-1].size_name = decl.name
                params[-1].type = Type("data")
                continue
            param = Param(decl.name, type_, c_type.strip(), role, docs.get(decl.name, ""))
            param.nullable = decl.name in nullable
            param.default = decl.name in default
            param.secret = decl.name in secret
            param.utf8 = base == "char"
            if decl.name in limits:
                param.max = int(limits[decl.name])
            params.append(param)
        return params

    def param_type(self, base: str, depth: int, const: bool, index: int,
                   where: str) -> tuple[Type, str]:
        if base == "shop_error" and depth == 2:
            return Type("record", base), "error"
        if base in HANDLES and depth == 1:
            return Type("handle", base), "receiver" if index == 0 else "in"
        if base in HANDLES and depth == 2:
            return Type("handle", base), "out"
        if depth == 0 and base in SCALARS:
            return Type(SCALARS[base]), "in"
        if depth == 0 and base in self.api.enums:
            return Type("enum", base), "in"
        if depth == 0 and base in self.api.callbacks:
            return Type("callback", base), "in"
        if depth == 1 and base in ("char", "void", "uint8_t") and const:
            return Type("cstr" if base == "char" else "data"), "in"
        if depth == 1 and base in self.api.structs and const:
            if base in VALUES:
                return Type(VALUES[base]), "in"
            return Type(self.struct_kind(base), base), "in"
        if depth == 2 and base in self.api.structs and const:
            return Type(self.struct_kind(base), base), "out"
        if depth == 1 and not const:
            if base in SCALARS:
                return Type(SCALARS[base]), "out"
            if base in VALUES:
                return Type(VALUES[base]), "out"
            if base in self.api.enums:
                return Type("enum", base), "out"
            if base == "void":
                return Type("data"), "in"
        raise HeaderError(f"{where}: unsupported parameter type {base}{'*' * depth}")

    # Layout

    def layout(self) -> None:
        lines = ["#include <stddef.h>", "#include <stdio.h>", f'#include "{self.header}"',
                 "int main(void) {"]
        for name, raw in self.raw_members.items():
            lines.append(f'printf("S {name} %zu\\n", sizeof({name}));')
            for member, _, _ in raw:
                lines.append(f'printf("M {name} {member} %zu %zu\\n", offsetof({name}, {member}), '
                             f"sizeof((({name} *)0)->{member}));")
        lines += ["return 0;", "}"]
        with tempfile.TemporaryDirectory() as folder:
            source, program = Path(folder, "probe.c"), Path(folder, "probe")
            source.write_text("\n".join(lines))
            subprocess.run(["cc", "-I", str(self.root), "-o", str(program), str(source)],
                           check=True)
            output = subprocess.run([str(program)], check=True, capture_output=True,
                                    text=True).stdout
        types = {n: {m: t for m, t, _ in raw} for n, raw in self.raw_members.items()}
        for line in output.splitlines():
            what, name, *rest = line.split()
            struct = self.api.structs[name]
            if what == "S":
                struct.size = int(rest[0])
            else:
                member, at, size = rest[0], int(rest[1]), int(rest[2])
                struct.offsets[member] = at
                struct.layout.append((member, types[name][member], at, size))

    def finish_struct(self, struct: Struct) -> None:
        if struct.kind in ("record", "input") and len(struct.layout) >= 3:
            mask, c_type, at, _ = struct.layout[2]
            expected = "fields" if struct.kind == "input" else "present"
            if (mask, c_type) == (expected, "uint64_t"):
                struct.present_offset = at
        bit = 0
        for member in struct.members:
            member.offset = struct.offsets[member.name]
            member.size = next(size for n, _, _, size in struct.layout if n == member.name)
            if member.optional:
                member.bit = bit
                bit += 1
        if struct.kind in ("record", "input") and struct.present_offset != 8:
            raise HeaderError(f"{struct.name} must start with SHOP_RECORD_HEAD or SHOP_INPUT_HEAD")
        limit = 32 if any(m.clearable_by_bit for m in struct.members) else 64
        if bit > limit:
            raise HeaderError(f"{struct.name} has more than {limit} optional members")
        first = [m for m in struct.members if (m.doc.one("since") or "1.0") == "1.0"]
        end = max([m.offset + m.size for m in first], default=16)
        struct.least_size = (end + 7) // 8 * 8 if struct.members else 16
        self.check_padding(struct)

    def check_padding(self, struct: Struct) -> None:
        at = 0
        previous = ""
        for name, _, offset, size in [*struct.layout, ("the end", "", struct.size, 0)]:
            if offset != at:
                raise HeaderError(
                    f"{struct.name} has {offset - at} bytes of padding before {name}: insert "
                    f"`uint32_t unused_N;` after {previous} (or run generate.py --pad)",
                    struct.name, previous)
            at = offset + size
            previous = name


def constant_value(node: c_ast.Node) -> int:
    if isinstance(node, c_ast.Constant):
        return int(node.value.rstrip("uUlL"), 0)
    if isinstance(node, c_ast.UnaryOp) and node.op == "-":
        return -constant_value(node.expr)
    if isinstance(node, c_ast.BinaryOp) and node.op == "<<":
        return constant_value(node.left) << constant_value(node.right)
    raise HeaderError(f"{node.coord}: enumerators are plain numbers")


def read_header(header: Path) -> Api:
    return Reader(header).read()
