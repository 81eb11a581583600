#!/usr/bin/python3
"""Drafts the C header of a module from its C++ header, so that nobody types one after the other.

  draft.py include/shop/wishlist.hpp...   writes capi/include/shop/wishlist.h

The draft is a beginning: read it, mend what it could not know (which members are required, what a
parameter means), and from then on edit the C header itself. An existing header is only overwritten
with --again.
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCALARS = {"std::int64_t": "int64_t", "std::int32_t": "int32_t", "int": "int32_t",
           "double": "double", "Id": "shop_id", "Timestamp": "shop_time", "bool": "shop_bool",
           "std::uint64_t": "uint64_t", "std::uint32_t": "uint32_t", "std::size_t": "int64_t"}
TEXTS = {"std::string", "std::string_view", "Currency"}
BYTES = {"std::vector<std::byte>", "std::span<const std::byte>", "std::vector<std::uint8_t>",
         "std::span<const std::uint8_t>"}
REQUIRED_TEXTS = {"name", "title", "password", "login", "username", "idempotency_key", "sku",
                  "code", "key", "email", "slug"}
CODES = set(re.findall(r"^  (\w+) = \d+,", (ROOT / "include/shop/error.hpp").read_text(), re.M))


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@dataclass
class Member:
    type: str
    name: str
    initial: str
    doc: str


@dataclass
class Struct:
    name: str
    doc: str
    header: str
    members: list = field(default_factory=list)


@dataclass
class Enum:
    name: str
    doc: str
    header: str
    values: list = field(default_factory=list)


@dataclass
class Method:
    name: str
    returns: str
    params: list
    doc: str
    cls: str
    header: str


class Source:
    """All public C++ headers, read once: a draft needs to know which types are given and taken."""

    def __init__(self) -> None:
        self.structs: dict[str, Struct] = {}
        self.enums: dict[str, Enum] = {}
        self.methods: list[Method] = []
        self.headers: dict[str, list] = {}
        self.includes: dict[str, list[str]] = {}
        engine = (ROOT / "include/shop/engine.hpp").read_text()
        self.accessors = dict(re.findall(r"^  (?:\[\[nodiscard\]\] )?(\w+)& (\w+)\(\)", engine,
                                         re.M))
        for path in sorted((ROOT / "include/shop").glob("*.hpp")):
            self.read(path)
        self.taken: set[str] = set()
        self.given: set[str] = set()
        for method in self.methods:
            if method.cls in self.accessors or method.cls == "Engine":
                self.walk(method.returns, self.given)
                for kind, _ in method.params:
                    self.walk(kind, self.taken)

    def walk(self, kind: str, into: set[str]) -> None:
        for name in re.findall(r"\b[A-Z]\w+", kind):
            if name in self.structs and name not in into:
                into.add(name)
                for member in self.structs[name].members:
                    self.walk(member.type, into)

    def read(self, path: Path) -> None:
        text = path.read_text()
        header = path.stem
        items: list = []
        self.includes[header] = re.findall(r'#include "shop/(\w+)\.hpp"', text)
        pattern = re.compile(r"((?:^///[^\n]*\n)*)^(enum class|struct|class) (\w+)(?: final)?"
                             r"(?: : [\w:]+)? \{\n(.*?)^\};", re.M | re.S)
        for match in pattern.finditer(text):
            doc = comment(match.group(1))
            kind, name, body = match.group(2), match.group(3), match.group(4)
            if kind == "enum class":
                enum = Enum(name, doc, header, enumerators(body))
                self.enums[name] = enum
                items.append(enum)
            elif kind == "struct":
                struct = Struct(name, doc, header, members(body))
                self.structs[name] = struct
                items.append(struct)
            else:
                self.methods += methods(body, name, header)
        self.headers[header] = items


def comment(text: str) -> str:
    lines = [re.sub(r"^\s*///<? ?", "", line) for line in text.strip().splitlines()]
    return " ".join(" ".join(lines).replace("@since 1.0", "").split())


def enumerators(body: str) -> list:
    found = []
    pattern = r"^  (\w+) = (-?\d+),?(?:\s*///< ((?:[^\n]|\n\s+///< )*))?"
    for match in re.finditer(pattern, body, re.M):
        found.append((match.group(1).rstrip("_"), match.group(2), comment(match.group(3) or "")))
    return found


def members(body: str) -> list:
    found = []
    pending = ""
    lines = body.splitlines()
    i = 0
    while i < len(lines):
        line = lines[i].strip()
        i += 1
        if line.startswith("///<") and found:
            found[-1].doc = (found[-1].doc + " " + comment(line)).strip()
            continue
        if line.startswith("///"):
            pending += " " + comment(line)
            continue
        while line and ";" not in line and "(" not in line and not line.startswith("//") and \
                i < len(lines):
            line += " " + lines[i].strip()
            i += 1
        match = re.match(r"([\w:<>, ]+?) (\w+)(?: = ([^;]+)|\{[^;]*\})?;(?:\s*///< (.*))?$", line)
        other = line.startswith(("friend", "static", "using"))
        if match and "(" not in match.group(1) and not other:
            doc = (match.group(4) or pending).strip()
            found.append(Member(match.group(1), match.group(2), match.group(3) or "", doc))
        pending = ""
    return found


def methods(body: str, cls: str, header: str) -> list:
    body = body.split(" private:")[0]
    found = []
    pattern = re.compile(r"((?:^  ///[^\n]*\n)*)^  (?:\[\[nodiscard\]\] )?(?:static )?"
                         r"([\w:<>, ]+?&?) (\w+)\(([^;{]*?)\)"
                         r"(?: const)?(?: noexcept)?;", re.M | re.S)
    previous = ""
    for match in pattern.finditer(body):
        name = match.group(3)
        if name == cls or match.group(2) in ("explicit",) or "operator" in name:
            continue
        params = []
        for text in split_commas(" ".join(match.group(4).split())):
            text = text.split(" = ")[0]
            parts = re.match(r"(?:const )?(.+?)&{0,2} ?(\w+)$", text)
            if parts:
                params.append((parts.group(1).strip(), parts.group(2)))
        doc = comment(match.group(1)) or previous
        previous = doc
        found.append(Method(name, match.group(2).strip(), params, doc, cls, header))
    return found


def split_commas(text: str) -> list[str]:
    parts, depth, now = [], 0, ""
    for char in text:
        depth += char in "<(" and 1 or char in ">)" and -1 or 0
        if char == "," and depth == 0:
            parts.append(now.strip())
            now = ""
        else:
            now += char
    return [*parts, now.strip()] if now.strip() else parts


class Draft:
    def __init__(self, source: Source, header: str) -> None:
        self.source = source
        self.header = header
        self.problems: list[str] = []

    # Names

    def record(self, name: str) -> str:
        made = "shop_" + snake(name)
        functions = {f"shop_{self.source.accessors.get(m.cls, '')}_{m.name}"
                     for m in self.source.methods}
        return made + "_record" if made in functions else made

    def input(self, name: str) -> str:
        if name == "PageQuery":
            return "shop_page_query"
        both = name in self.source.given
        made = "shop_" + snake(name)
        return made + "_input" if both and not name.endswith("Input") else self.record(name) \
            if not both else made

    def enum(self, name: str) -> str:
        return "shop_" + snake(name)

    def inner(self, kind: str, wrapper: str) -> str | None:
        match = re.fullmatch(wrapper + r"<(.+)>", kind)
        return match.group(1) if match else None

    # Members

    def member_type(self, kind: str, taken: bool) -> tuple[str, str]:
        """(C type, class: scalar, text, pointer)"""
        if kind in SCALARS:
            return SCALARS[kind], "scalar"
        if kind == "Money":
            return "shop_money", "scalar"
        if kind in self.source.enums:
            return self.enum(kind), "scalar"
        if kind == "Role":
            return "shop_role", "scalar"
        if kind in TEXTS:
            return "shop_str", "text"
        if kind in BYTES:
            return "shop_bytes", "text"
        item = self.inner(kind, "std::vector")
        if item == "std::string":
            return "shop_strs", "list"
        if item in ("Id", "std::int64_t"):
            return "shop_ids", "list"
        if item in self.source.structs:
            name = self.input(item) if taken else self.record(item)
            return f"const {name}_list *", "pointers"
        item = self.inner(kind, "Page")
        if item in self.source.structs:
            return f"const {self.record(item)}_page *", "pointer"
        for wrapper in ("std::unique_ptr", "std::shared_ptr"):
            kind = self.inner(kind, wrapper) or kind
        if kind in self.source.structs:
            return f"const {self.input(kind) if taken else self.record(kind)} *", "pointer"
        raise KeyError(kind)

    def member(self, struct: Struct, m: Member, taken: bool) -> str:
        kind, tags = m.type, []
        once = self.inner(kind, "std::optional")
        twice = once and self.inner(once, "std::optional")
        c_type, group = self.member_type(twice or once or kind, taken)
        if m.name in ("bytes", "image", "picture") and c_type == "shop_str":
            c_type = "shop_bytes"
        if twice:
            tags.append("@update")
        elif once:
            tags.append("@nullable" if group in ("text", "pointer") and not self.is_change(struct)
                        else "@optional")
        elif taken:
            tags += self.default_tags(m, c_type, group)
        if taken and m.name in ("password", "password_again", "new_password", "old_password"):
            tags.append("@secret")
        doc = " ".join([clean(m.doc), *tags]).strip()
        space = "" if c_type.endswith("*") else " "
        line = f"  {c_type}{space}{m.name};"
        return line + (f" /**< {doc} */" if doc else "")

    def is_change(self, struct: Struct) -> bool:
        """Partial updates tell absent from empty by the bit."""
        return struct.name in self.source.taken and struct.name not in self.source.given and \
            struct.name.endswith(("Change", "Update", "Patch", "UpdateInput"))

    def default_tags(self, m: Member, c_type: str, group: str) -> list[str]:
        if c_type == "shop_bool":
            return ["@optional"] if m.initial == "true" else []
        if group == "pointer":
            return ["@default"]
        if group in ("list", "pointers"):
            return []
        if group == "text":
            needed = re.match(r"1–", m.doc) or (m.name in REQUIRED_TEXTS
                                                and not re.search(r"empty|absent|^0–|none", m.doc))
            return [] if needed else ["@default"]
        if c_type in ("shop_money", "double"):
            needed = not m.initial and "0" not in m.doc and "empty" not in m.doc
            return [] if needed else ["@default"]
        if m.initial not in ("", "0") or re.search(r"\b0[:,]|\b0 for|0–|unless|when ", m.doc):
            return ["@default"]
        return []

    # Declarations

    def needs(self, name: str, wrapper: str, taken: bool) -> bool:
        pattern = re.compile(re.escape(f"{wrapper}<{name}>"))
        group = self.source.taken if taken else self.source.given
        for struct in self.source.structs.values():
            if struct.name in group and any(pattern.search(m.type) for m in struct.members):
                return True
        for method in self.source.methods:
            kinds = [k for k, _ in method.params] if taken else [method.returns]
            if method.cls in self.source.accessors and any(pattern.search(k) for k in kinds):
                return True
        return False

    def struct(self, struct: Struct, taken: bool) -> list[str]:
        name = self.input(struct.name) if taken else self.record(struct.name)
        doc = clean(struct.doc) or struct.name
        plain = "shop_" + snake(struct.name)
        if name != plain:
            doc += f"\n * @cpp {struct.name}"
        if doc_camel(name) != struct.name and "@cpp" not in doc:
            doc += f"\n * @cpp {struct.name}"
        out = []
        itself = any(re.search(rf"\b{struct.name}\b", m.type) for m in struct.members)
        listed = self.needs(struct.name, "std::vector", taken)
        several = [f"/** Several {name}, in their order. */", f"SHOP_LIST({name}_list, {name});",
                   ""]
        if itself:
            out += [f"/** {first_sentence(struct.doc)} */", f"typedef struct {name} {name};", ""]
            if listed:
                out += several
        out += [f"/** {doc} */", f"struct {name} {{" if itself else f"typedef struct {name} {{",
                "  SHOP_INPUT_HEAD;" if taken else "  SHOP_RECORD_HEAD;"]
        for m in struct.members:
            if m.type == "Session":
                continue
            try:
                out.append(self.member(struct, m, taken))
            except KeyError as error:
                self.problems.append(f"{struct.name}.{m.name}: {error}")
        out += ["};" if itself else f"}} {name};", ""]
        if listed and not itself:
            out += several
        if not taken and self.needs(struct.name, "Page", False):
            out += [f"/** A page of {name}. */", f"SHOP_PAGE({name}_page, {name});",
                    ""]
        return out

    def enumeration(self, enum: Enum) -> list[str]:
        name = self.enum(enum.name)
        doc = clean(enum.doc)
        if doc_camel(name) != enum.name:
            doc += f"\n * @cpp {enum.name}"
        out = [f"/** {doc} */", f"typedef int32_t {name};", "enum {"]
        for i, (short, value, about) in enumerate(enum.values):
            comma = "," if i + 1 < len(enum.values) else ""
            tail = f" /**< {clean(about)} */" if about else ""
            out.append(f"  {name.upper()}_{short.upper()} = {value}{comma}{tail}")
        return [*out, "};", ""]

    def function(self, method: Method) -> list[str]:
        module = self.source.accessors[method.cls]
        session = bool(method.params) and method.params[0][0] == "Session"
        lines, about, nullable, owned = [], [], [], []
        params = ["shop_session *session"] if session else ["shop_engine *engine"]
        about.append("session Who acts." if session else "engine An opened shop.")
        for kind, name in method.params[1 if session else 0:]:
            if name == "engine" or name == "session":
                name = "which"
            text, maybe = self.param(kind, name)
            params.append(text)
            about.append(f"{name} {self.param_doc(kind, name)}")
            if maybe:
                nullable.append(name)
        for text, name, what, boxed in self.results(method):
            params.append(text)
            about.append(f"{name} {what}")
            if boxed:
                owned.append(name)
        params.append("shop_error **out_error")
        doc, errors = self.split_doc(method.doc)
        lines.append(f"/** {doc or method.name.replace('_', ' ').capitalize() + '.'}")
        lines += [f" * @param {text}" for text in about]
        lines.append(f" * @errors {', '.join(errors) if errors else 'none'}")
        if nullable:
            lines.append(f" * @nullable {', '.join(nullable)}")
        if owned:
            lines.append(f" * @owned {', '.join(owned)}")
        lines += [" * @since 1.0 */",
                  f"SHOP_API shop_status shop_{module}_{method.name.rstrip('_')}"
                  f"({', '.join(params)});", ""]
        return lines

    def param(self, kind: str, name: str) -> tuple[str, bool]:
        inner = self.inner(kind, "std::optional")
        base = inner or kind
        if base in TEXTS and base != "Currency" or base == "Currency":
            return f"const char *{name}", bool(inner)
        if base in BYTES:
            return f"const void *{name}, size_t {name}_size", False
        if base == "Money":
            return f"const shop_money *{name}", bool(inner)
        if base in SCALARS:
            return f"{SCALARS[base]} {name}", bool(inner)
        if base == "Role":
            return f"shop_role {name}", bool(inner)
        if base in self.source.enums:
            return f"{self.enum(base)} {name}", bool(inner)
        item = self.inner(base, "std::vector") or self.inner(base, "std::span")
        if item:
            item = item.removeprefix("const ")
            if item == "std::string":
                return f"const shop_strs *{name}", False
            if item in ("Id", "std::int64_t"):
                return f"const shop_ids *{name}", False
            if item in self.source.structs:
                return f"const {self.input(item)}_list *{name}", False
        if base == "PageQuery":
            return f"const shop_page_query *{name}", True
        if base in self.source.structs:
            struct = self.source.structs[base]
            optional = not any("1–" in m.doc for m in struct.members) and \
                base.endswith(("Filter", "Query", "Options", "Span"))
            return f"const {self.input(base)} *{name}", optional
        raise KeyError(f"parameter {kind} {name}")

    def param_doc(self, kind: str, name: str) -> str:
        if kind == "PageQuery":
            return "Which page; NULL for the first."
        base = self.inner(kind, "std::optional") or kind
        if base in self.source.structs:
            return first_sentence(self.source.structs[base].doc)
        words = name.removesuffix("_id").replace("_", " ")
        absent = " 0 or NULL: none." if base != kind else ""
        return f"The {words}.{absent}"

    def results(self, method: Method) -> list[tuple[str, str, str, bool]]:
        kind = method.returns
        kind = self.inner(kind, "std::optional") or kind
        if kind == "void":
            return []
        if kind == "Session":
            return [("shop_session **out_session", "out_session",
                     "The session; close it with shop_session_close.", True)]
        if kind in self.source.structs:
            struct = self.source.structs[kind]
            name = "out_" + snake(kind)
            made = [(f"const {self.record(kind)} **{name}", name, first_sentence(struct.doc), True)]
            if any(m.type == "Session" for m in struct.members):
                made.insert(0, ("shop_session **out_session", "out_session",
                                "The session; close it with shop_session_close.", True))
            return made
        for wrapper, suffix in (("std::vector", "list"), ("Page", "page")):
            item = self.inner(kind, wrapper)
            if item == "std::string":
                return [("const shop_texts **out_texts", "out_texts", "The texts.", True)]
            if item in self.source.structs:
                name = "out_" + (plural(snake(item)) if suffix == "list" else "page")
                return [(f"const {self.record(item)}_{suffix} **{name}", name,
                         "The rows." if suffix == "list" else "The page.", True)]
        if kind in TEXTS:
            if "bytes" in method.name or "image" in method.name or "export" in method.name:
                return [("const shop_blob **out_bytes", "out_bytes", "The bytes.", True)]
            return [("const shop_text **out_text", "out_text", "The text.", True)]
        if kind in BYTES:
            return [("const shop_blob **out_bytes", "out_bytes", "The bytes.", True)]
        if kind == "Money":
            return [("shop_money *out_money", "out_money", "The amount.", False)]
        if kind in SCALARS:
            names = {"bool": "out_yes", "Timestamp": "out_time", "Id": "out_id"}
            name = names.get(kind, "out_count")
            return [(f"{SCALARS[kind]} *{name}", name, "The answer.", False)]
        if kind in self.source.enums:
            return [(f"{self.enum(kind)} *out_value", "out_value", "The answer.", False)]
        raise KeyError(f"result {kind}")

    def split_doc(self, doc: str) -> tuple[str, list[str]]:
        errors: list[str] = []
        match = re.search(r"Throws Error(?::|\{)(.*?)(?:\.(?=\s|$)|\}\.?|$)(?!\w)", doc)
        if match:
            errors = [c for c in re.findall(r"\w+", match.group(1)) if c in CODES]
        rest = re.sub(r"\s*(?:Throws|@throws) Error.*?(?=(?:Cost:|$))", " ", doc)
        return clean(rest), list(dict.fromkeys(errors))

    def write(self) -> str:
        src = self.source
        guard = f"SHOP_{self.header.upper()}_H"
        body: list[str] = []
        for item in src.headers[self.header]:
            if isinstance(item, Enum):
                body += self.enumeration(item)
            else:
                if item.name in src.given:
                    body += self.struct(item, False)
                if item.name in src.taken:
                    body += self.struct(item, True)
        for method in src.methods:
            if method.header == self.header and method.cls in src.accessors:
                try:
                    body += self.function(method)
                except KeyError as error:
                    self.problems.append(f"{method.cls}::{method.name}: {error}")
        known = [i for i in src.includes[self.header]
                 if i not in ("types", "error", "clock", "verify")]
        includes = [f'#include "shop/{i}.h"' for i in sorted({"base", *known} - {"engine"})]
        about = next((m.cls for m in src.methods if m.header == self.header), self.header)
        return "\n".join(["/** @file", f" * {about}. */", f"#ifndef {guard}", f"#define {guard}",
                          "",
                          *includes, "", *body, "#endif", ""])


def doc_camel(c_name: str) -> str:
    return "".join(p.capitalize() for p in c_name.removeprefix("shop_").split("_"))


def plural(name: str) -> str:
    return name + "s" if not name.endswith(("s", "y")) else \
        name[:-1] + "ies" if name.endswith("y") else name


def clean(text: str) -> str:
    text = re.sub(r"\bReached by Engine::\w+\(\)[^.]*\.", "", text)
    return " ".join(text.replace("*/", "* /").split())


def first_sentence(text: str) -> str:
    text = clean(text)
    end = text.find(". ")
    made = text if end < 0 else text[:end + 1]
    return made if made.endswith(".") else made + "."


def main() -> int:
    again = "--again" in sys.argv
    source = Source()
    umbrella = ROOT / "capi/include/shop.h"
    for name in [a for a in sys.argv[1:] if not a.startswith("-")]:
        header = Path(name).stem
        target = ROOT / f"capi/include/shop/{header}.h"
        if target.exists() and not again:
            print(f"{target.name} exists already", file=sys.stderr)
            continue
        draft = Draft(source, header)
        target.write_text(draft.write())
        for problem in draft.problems:
            print(f"{target.name}: left out {problem}", file=sys.stderr)
        line = f'#include "shop/{header}.h"\n'
        text = umbrella.read_text()
        if line not in text:
            masks = '#include "shop/masks.h"'
            umbrella.write_text(text.replace(masks, line + masks))
    return 0


if __name__ == "__main__":
    sys.exit(main())
