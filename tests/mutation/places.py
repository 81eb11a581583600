"""Finds the places of a C++ file that can be mutated, with libclang, and writes the file with all
its mutants behind the calls of copied/mutant.hpp."""

import re
from collections import defaultdict
from pathlib import Path

from clang import cindex
from clang.cindex import CursorKind as K
from clang.cindex import TypeKind as T

ROOT = Path(__file__).resolve().parents[2]

# Nothing below these runs, or it runs while compiling.
LEFT_OUT = {
    K.STATIC_ASSERT, K.TEMPLATE_REF, K.TYPE_REF, K.ENUM_DECL, K.PARM_DECL, K.TYPEDEF_DECL,
    K.TYPE_ALIAS_DECL, K.USING_DECLARATION, K.USING_DIRECTIVE, K.TEMPLATE_TYPE_PARAMETER,
    K.TEMPLATE_NON_TYPE_PARAMETER, K.CXX_UNARY_EXPR, K.LABEL_REF, K.NAMESPACE_REF,
}
FUNCTIONS = {K.FUNCTION_DECL, K.CXX_METHOD, K.CONSTRUCTOR, K.DESTRUCTOR, K.FUNCTION_TEMPLATE,
             K.CONVERSION_FUNCTION}
INTEGERS = {T.SHORT, T.USHORT, T.INT, T.UINT, T.LONG, T.ULONG, T.LONGLONG, T.ULONGLONG, T.INT128,
            T.UINT128, T.UCHAR, T.SCHAR, T.CHAR_S}
NUMBERS = INTEGERS | {T.FLOAT, T.DOUBLE}

COMPARISONS = {
    "==": ("eq", ["!="]), "!=": ("ne", ["=="]), "<": ("lt", ["<=", ">="]),
    "<=": ("le", ["<", ">"]), ">": ("gt", [">=", "<="]), ">=": ("ge", [">", "<"]),
}
ARITHMETIC = {"+": ("add", "-"), "-": ("sub", "+"), "*": ("mul", "+"), "/": ("div", "*"),
              "%": ("mod", "*"), "&": ("bit_and", "|"), "|": ("bit_or", "&")}
ASSIGNMENTS = {"+=": ("add_to", "-="), "-=": ("sub_from", "+="), "*=": ("mul_by", "+="),
               "/=": ("div_by", "*="), "&=": ("and_with", "|="), "|=": ("or_with", "&=")}
# Memory set aside in advance changes nothing; errors of our own making are nobody's to test.
WITHOUT_MEANING = re.compile(r"[\w.\->\[\]]*(\.|->)(reserve|shrink_to_fit)\(|"
                             r"throw Error\(Code::internal\b|\(void\)")
OPERATORS = re.compile(r"^[\s)]*(==|!=|<=|>=|<|>|&&|\|\||\+=|-=|\*=|/=|&=|\|=|\+|-|\*|/|%|&|\||=)"
                       r"(?![=<>&|])")


def bare(cursor):
    """An expression without what the compiler wrapped round it."""
    while cursor.kind in (K.UNEXPOSED_EXPR, K.PAREN_EXPR):
        children = list(cursor.get_children())
        if len(children) != 1:
            break
        cursor = children[0]
    return cursor


def type_of(cursor):
    return cursor.type.get_canonical().kind


class Mutator:
    """One file: its mutants and its text with them."""

    def __init__(self, path, first_id):
        self.path = path
        self.bytes = (ROOT / path).read_bytes()
        self.first_id = first_id
        self.mutants = []
        self.before = defaultdict(list)
        self.after = defaultdict(list)
        self.replaced = {}
        self.seen = set()
        self.function = ""
        unit = cindex.Index.create().parse(
            str(ROOT / path), options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD,
            args=["-x", "c++", "-std=c++20", f"-I{ROOT}/src", f"-I{ROOT}/include",
                  '-DSHOP_VERSION="1"', "-DSHOP_HAS_CURL=0", "-Wno-pragma-once-outside-header"])
        errors = [d for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
        if errors:
            raise RuntimeError(f"{path}: {errors[0]}")
        top = [c for c in unit.cursor.get_children() if self.is_here(c)]
        self.macros = [(c.extent.start.offset, c.extent.end.offset) for c in top
                       if c.kind in (K.MACRO_INSTANTIATION, K.MACRO_DEFINITION)]
        for cursor in top:
            if not cursor.kind.is_preprocessing():
                self.visit(cursor, None)

    def is_here(self, cursor):
        file = cursor.location.file
        return file is not None and Path(file.name) == ROOT / self.path

    def text(self, start, end):
        return self.bytes[start:end].decode()

    def span(self, cursor):
        return cursor.extent.start.offset, cursor.extent.end.offset

    # -- writing

    def add(self, start, end, old, *news):
        """Mutants of one place; result: the number of the first."""
        number = self.first_id + len(self.mutants)
        line = self.bytes.count(b"\n", 0, start) + 1
        what = " ".join(self.text(start, end).split())
        what = what if len(what) <= 70 else what[:45] + " … " + what[-22:]
        for new in news:
            self.mutants.append({
                "id": self.first_id + len(self.mutants), "place": number, "path": self.path,
                "line": line, "function": self.function, "what": what,
                "old": old, "new": new})
        return number

    def wrap(self, cursor, prefix, suffix):
        start, end = self.span(cursor)
        self.before[start].append(prefix)
        return lambda: self.after[end].append(suffix)

    def result(self):
        out = []
        position = 0
        ends = {start: (end, text) for (start, end), text in self.replaced.items()}
        while position <= len(self.bytes):
            out += [text.encode() for text in self.after.get(position, [])]
            out += [text.encode() for text in self.before.get(position, [])]
            if position in ends:
                end, text = ends[position]
                out.append(text.encode())
                position = end
                continue
            out.append(self.bytes[position:position + 1])
            position += 1
        return b"".join(out)

    # -- walking

    def visit(self, cursor, parent):
        if cursor.kind in LEFT_OUT:
            return
        start, end = self.span(cursor)
        if cursor.kind == K.UNARY_OPERATOR and self.text(start, start + 2) == "!=":
            # what the compiler made of operator==: its place is the sign, the operands are below
            for child in cursor.get_children():
                self.visit(bare(child), parent)
            return
        if parent is not None and any(s < end and start < e and (s, e) != (start, end)
                                      and s <= start and end <= e for s, e in self.macros):
            return
        outer = self.function
        if cursor.kind in FUNCTIONS:
            body = [c for c in cursor.get_children() if c.kind == K.COMPOUND_STMT]
            head = self.text(start, body[0].extent.start.offset if body else end)
            if re.search(r"\b(constexpr|consteval)\b", head) or not body:
                return
            self.function = cursor.spelling.split("<")[0]
        if cursor.kind == K.VAR_DECL:
            line = self.bytes.rfind(b"\n", 0, start) + 1
            head = self.text(line, cursor.location.offset)
            if re.search(r"\b(constexpr|constinit)\b", head) or not self.function:
                return
        if cursor.kind.is_expression() or cursor.kind.is_statement():
            if WITHOUT_MEANING.match(self.text(start, end)):
                return
        finish = self.place(cursor, parent)
        for child in self.children(cursor):
            self.visit(child, cursor)
        for end_of in reversed(finish):
            end_of()
        self.function = outer

    def children(self, cursor):
        children = list(cursor.get_children())
        start, end = self.span(cursor)
        if cursor.kind == K.CASE_STMT:
            children = children[1:]
        if cursor.kind == K.FOR_STMT:  # counting the other way only runs out of the array
            children = [c for c in children
                        if not (c.kind == K.UNARY_OPERATOR and c.extent.start.offset > start
                                and self.text(*self.span(c))[:2] in ("++", "--"))]
        if cursor.kind == K.IF_STMT and re.match(r"if constexpr\b", self.text(start, end)):
            children = [c for c in children if c.kind.is_statement()]
        return [c for c in children
                if start <= c.extent.start.offset and c.extent.end.offset <= end]

    def place(self, cursor, parent):
        """Writes the mutants of this very node; result: what is still to be done behind it."""
        start, end = self.span(cursor)
        if start == end or any(s < end and start < e and not (start <= s and e <= end)
                               for s, e in self.macros):
            return []
        if any((s, e) == (start, end) for s, e in self.macros):
            return []
        finish = self.statement(cursor, parent)
        finish += self.condition(cursor, parent)
        if (start, end, "operator") in self.seen:
            return finish
        handler = {
            K.BINARY_OPERATOR: self.binary, K.COMPOUND_ASSIGNMENT_OPERATOR: self.binary,
            K.CALL_EXPR: self.call, K.UNARY_OPERATOR: self.unary, K.INTEGER_LITERAL: self.integer,
            K.CXX_BOOL_LITERAL_EXPR: self.boolean, K.RETURN_STMT: self.returned,
        }.get(cursor.kind)
        if handler and self.function:
            done = handler(cursor, start, end)
            if done is not None:
                self.seen.add((start, end, "operator"))
                finish += done
        return finish

    def statement(self, cursor, parent):
        """A call or an assignment that is left out."""
        if parent is None or not cursor.kind.is_expression() or not self.function:
            return []
        if parent.kind not in (K.COMPOUND_STMT, K.IF_STMT, K.FOR_STMT, K.CXX_FOR_RANGE_STMT,
                               K.WHILE_STMT, K.CASE_STMT, K.DEFAULT_STMT):
            return []
        start, end = self.span(cursor)
        semicolon = re.match(rb"\s*;", self.bytes[end:end + 80])
        before = re.sub(r"//[^\n]*", "", self.text(max(0, start - 300), start)).rstrip()
        if not semicolon or not re.search(r"([{};:)]|\belse)$", before):
            return []
        if parent.kind == K.FOR_STMT and cursor != list(parent.get_children())[-1]:
            return []
        inner = bare(cursor)
        if inner.kind == K.BINARY_OPERATOR:
            if self.operator(inner)[0] != "=":
                return []
        elif inner.kind != K.CALL_EXPR or (inner.spelling.startswith("operator")
                                           and inner.spelling != "operator="):
            return []
        if (start, end, "statement") in self.seen:
            return []
        self.seen.add((start, end, "statement"))
        number = self.add(start, end, "", "left out")
        self.before[start].append(f"{{ if (!shop_mutant::on({number})) ")
        return [lambda: self.after[end + len(semicolon.group())].append(" }")]

    def condition(self, cursor, parent):
        """A condition that is neither a comparison nor made of others, turned round."""
        if parent is None or not self.function:
            return []
        start, end = self.span(cursor)
        if parent.kind == K.IF_STMT:
            if not re.search(r"\bif \($", self.text(max(0, start - 4), start)):
                return []
        elif parent.kind == K.CONDITIONAL_OPERATOR:
            if start != parent.extent.start.offset or cursor != list(parent.get_children())[0]:
                return []
        else:
            return []
        if not cursor.kind.is_expression() or not self.is_plain(cursor):
            return []
        if (start, end, "condition") in self.seen:
            return []
        self.seen.add((start, end, "condition"))
        number = self.add(start, end, "", "negated")
        return [self.wrap(cursor, f"(shop_mutant::on({number}) != static_cast<bool>(", "))")]

    def is_plain(self, cursor):
        inner = bare(cursor)
        if inner.kind == K.CALL_EXPR and re.match(r"operator([=!<>]=?|&&|\|\|)$", inner.spelling):
            return False
        if inner.kind == K.UNARY_OPERATOR and self.text(*self.span(inner)).startswith("!"):
            return False
        return inner.kind in (K.CALL_EXPR, K.DECL_REF_EXPR, K.MEMBER_REF_EXPR, K.UNEXPOSED_EXPR)

    # -- operators

    def operator(self, cursor):
        children = list(cursor.get_children())
        if len(children) < 2:
            return None, 0, 0
        left = children[0].extent.end.offset
        right = children[-1].extent.start.offset
        found = OPERATORS.match(self.text(left, right)) if left < right else None
        if not found:
            return None, 0, 0
        return found.group(1), left + found.start(1), left + found.end(1)

    def binary(self, cursor, start, end):
        operator, at, behind = self.operator(cursor)
        if operator is None:
            return None
        if operator in ("&&", "||"):
            return self.logical(cursor, operator, at, behind)
        children = list(cursor.get_children())
        if operator in COMPARISONS:
            name, news = COMPARISONS[operator]
        elif operator in ARITHMETIC and all(type_of(c) in NUMBERS for c in children):
            name, new = ARITHMETIC[operator]
            news = [new]
        elif operator in ASSIGNMENTS and all(type_of(c) in NUMBERS for c in children):
            name, new = ASSIGNMENTS[operator]
            news = [new]
        else:
            return None
        number = self.add(start, end, operator, *news)
        self.replaced[(at, behind)] = ","
        return [self.wrap(cursor, f"shop_mutant::{name}({number}, ", ")")]

    def logical(self, cursor, operator, at, behind):
        """The other operator, or one side alone."""
        start, end = self.span(cursor)
        both = operator == "&&"
        left, right = list(cursor.get_children())
        news = ["||" if both else "&&"]
        sides = []
        for side, child in (("left", left), ("right", right)):
            inner = bare(child)
            own = inner.kind == K.BINARY_OPERATOR and self.operator(inner)[0] == operator
            sides.append(not own)
            if not own:
                news.append(f"without the {side} side")
        number = self.add(start, end, operator, *news)

        def side(place):
            rest = f"shop_mutant::on({place}) || " if both else f"!shop_mutant::on({place}) && "
            return f"(shop_mutant::on({number}) != ({rest if place else ''}static_cast<bool>("

        first = number + 1 if sides[0] else 0
        second = number + (2 if sides[0] else 1) if sides[1] else 0
        self.replaced[(at, behind)] = f"))) {operator} {side(second)}"
        return [self.wrap(cursor, f"(({side(first)}", f")))) != shop_mutant::on({number}))")]

    def unary(self, cursor, start, end):
        sign = self.text(start, start + 2)
        operand = list(cursor.get_children())
        if not operand:
            return None
        if sign in ("++", "--"):
            name, new = ("inc", "--") if sign == "++" else ("dec", "++")
            number = self.add(start, end, sign, new)
            self.replaced[(start, start + 2)] = f"shop_mutant::{name}({number}, "
        elif sign[0] == "!":
            number = self.add(start, end, "!", "")
            self.replaced[(start, start + 1)] = f"shop_mutant::lnot({number}, "
        elif sign[0] == "-" and bare(operand[0]).kind != K.INTEGER_LITERAL:
            number = self.add(start, end, "-", "")
            self.replaced[(start, start + 1)] = f"shop_mutant::neg({number}, "
        else:
            return None
        return [lambda: self.after[end].append(")")]

    def call(self, cursor, start, end):
        if re.match(r"operator(==|!=|<|<=|>|>=)$", cursor.spelling):
            return self.binary(cursor, start, end)
        found = re.match(r"std::(min|max)(<[\w:]+>)?\(", self.text(start, min(end, start + 60)))
        children = list(cursor.get_children())
        if not found or not children or len(children) not in (2, 3):
            return None
        name = found.group(1)
        number = self.add(start, end, name, "max" if name == "min" else "min")
        self.replaced[(start, start + 8)] = f"shop_mutant::{name}"
        at = start + found.end()
        self.before[at].append(f"{number}, ")
        return []

    # -- values

    def integer(self, _cursor, start, end):
        text = self.text(start, end)
        if not re.fullmatch(r"\d[\d']*[uUlL]*", text):
            return None
        around = self.text(start - 1, start), self.text(end, end + 1)
        if around[0] == "<" or around[1] == ">":
            return None  # of a template
        number = self.add(start, end, text, "+ 1")
        self.mutants[-1]["what"] = self.around(start, end)
        self.before[start].append(f"shop_mutant::num({number}, ")
        return [lambda: self.after[end].append(")")]

    def boolean(self, _cursor, start, end):
        text = self.text(start, end)
        if text not in ("true", "false"):
            return None
        number = self.add(start, end, text, "false" if text == "true" else "true")
        self.mutants[-1]["what"] = self.around(start, end)
        self.before[start].append(f"shop_mutant::flag({number}, ")
        return [lambda: self.after[end].append(")")]

    def around(self, start, end):
        """A literal says nothing without its neighbours."""
        line = self.bytes.rfind(b"\n", 0, start) + 1
        left = self.text(max(line, start - 24), start).lstrip()
        stop = self.bytes.find(b"\n", end)
        right = self.text(end, min(stop, end + 16)).rstrip()
        return f"{left}⟨{self.text(start, end)}⟩{right}"

    def returned(self, cursor, start, end):
        children = list(cursor.get_children())
        if len(children) != 1 or not self.is_plain(children[0]):
            return None
        kind = type_of(children[0])
        if kind == T.BOOL:
            number = self.add(start, end, "", "negated")
            return [self.wrap(children[0], f"(shop_mutant::on({number}) != static_cast<bool>(",
                              "))")]
        if kind in INTEGERS:
            number = self.add(start, end, "", "+ 1")
            return [self.wrap(children[0], f"shop_mutant::num({number}, ", ")")]
        return None


def mutate_file(path, first_id):
    """Result: the mutants of a file and its text with all of them."""
    mutator = Mutator(path, first_id)
    return mutator.mutants, mutator.result()
