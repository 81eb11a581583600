"""Just enough C++ to check layout: comments and literals told apart, functions found."""

import re

# Raw strings first: they may contain anything.
_TOKEN = re.compile(
    r'R"(?P<tag>[^()\s\\]{0,16})\((?P<raw>.*?)\)(?P=tag)"'
    r'|"(?P<string>(?:[^"\\\n]|\\.)*)"'
    r"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'"
    r"|//[^\n]*|/\*.*?\*/",
    re.DOTALL,
)


def _blank(text):
    """Spaces of the same shape, so that offsets and line numbers stay."""
    return re.sub(r"[^\n]", " ", text)


class Source:
    """A file as code (comments and literals blanked), literals and comments with their lines."""

    def __init__(self, text):
        self.text = text
        self.lines = text.split("\n")
        self.literals = []
        self.comments = []
        code = []
        end = 0
        for match in _TOKEN.finditer(text):
            code.append(text[end : match.start()])
            token = match.group()
            raw = match.group("raw")
            literal = raw if raw is not None else match.group("string")
            if literal is not None:
                self.literals.append((self.line_of(match.start()), literal))
            elif token.startswith("/"):
                self.comments.append((self.line_of(match.start()), token))
            code.append(_blank(token))
            end = match.end()
        code.append(text[end:])
        self.code = "".join(code)

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def code_line_count(self):
        """Lines with code on them: comments and blank lines cost a reader nothing."""
        return sum(1 for line in self.code.split("\n") if line.strip())

    def functions(self):
        """Yields (name, first line, number of lines) of each function body, lambdas not apart."""
        code = re.sub(r"^[ \t]*#.*(?:\\\n.*)*", lambda m: _blank(m.group()), self.code, flags=re.M)
        depth = 0
        begin = 0  # of the declaration that a brace would belong to
        body = None  # (name, first line, depth) of the function that we are in
        for match in re.finditer(r"[{};]", code):
            sign = match.group()
            if sign == "{":
                if body is None:
                    head = code[begin : match.start()]
                    name = _function_name(head)
                    if name:
                        first = begin + len(head) - len(head.lstrip())
                        body = (name, self.line_of(first), depth)
                depth += 1
            elif sign == "}":
                depth -= 1
                if body is not None and depth == body[2]:
                    yield body[0], body[1], self.line_of(match.start()) - body[1] + 1
                    body = None
            begin = match.end()


_NOT_FUNCTIONS = re.compile(r"\b(?:namespace|enum|union|concept|requires)\b|^\s*extern\s*$|=\s*$")
_CLASS = re.compile(r"\b(?:class|struct)\b[^()]*$")


def _function_name(head):
    """The name of the function that the text before a brace declares, or None."""
    head = re.sub(r"\b(?:public|private|protected)\s*:", "", head)
    if _NOT_FUNCTIONS.search(head) or _CLASS.search(head):
        return None
    match = re.search(r"([~\w:]+(?:<[^()]*>)?|operator\s*\S+|operator\(\))\s*\(", head)
    if not match:
        return None
    return match.group(1).split("::")[-1].strip()
