"""run.py <shop.json> <scenario.json>...: the scenarios through the Python package's classes."""

import json
import sys
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from enum import IntEnum

import libshop
from libshop import Money

API = json.load(open(sys.argv[1], encoding="utf-8"))
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
BY_HAND = {"shop_engine_fork", "shop_session_host", "shop_session_guest"}


def camel(name):
    return "".join(part.capitalize() for part in name.removeprefix("shop_").split("_"))


def to_python(type_, value):
    """What the scenario says, as the package wants it."""
    kind, _, name = type_.partition(":")
    if value is None:
        return None
    if kind == "money":
        return Money.from_minor(value["minor"], value.get("currency", ""))
    if kind == "time":
        return EPOCH + timedelta(microseconds=value)
    if kind == "enum" and isinstance(value, str):
        return getattr(libshop, camel(name))[value.upper()]
    if kind == "record":
        return getattr(libshop, camel(name))(**members(name, value))
    if kind == "list":
        return [to_python("record:" + API["structs"][name]["item"], each) for each in value]
    if kind in ("bytes", "data") and isinstance(value, str):
        return value.encode()
    return value


def safe(name):
    import keyword
    return name + "_" if keyword.iskeyword(name) else name


def members(struct, value):
    types = {m["name"]: m["type"] for m in API["structs"][struct]["members"]}
    return {safe(name): to_python(types[name], each) for name, each in value.items()}


def to_json(value):
    if isinstance(value, libshop.Page):
        return {"items": to_json(value.items), "next_cursor": value.next_cursor,
                "total": value.total}
    if is_dataclass(value):
        return {f.name.removesuffix("_"): to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, IntEnum):
        return value.name.lower().removeprefix("_")
    if isinstance(value, datetime):
        return (value - EPOCH) // timedelta(microseconds=1)
    if isinstance(value, (list, tuple)):
        return [to_json(each) for each in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value


def difference(expected, found, at):
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            if key not in found:
                return f"{at}.{key} is missing"
            inner = difference(value, found[key], f"{at}.{key}")
            if inner:
                return inner
        return ""
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for i, (left, right) in enumerate(zip(expected, found)):
            inner = difference(left, right, f"{at}[{i}]")
            if inner:
                return inner
        return ""
    return "" if expected == found else f"{at}: expected {expected!r}, found {found!r}"


class Runner:
    def __init__(self, scenario):
        options = members("shop_open_input", scenario.get("open", {}))
        self.shop = libshop.open(":memory:", **options)
        self.sessions = {"host": self.shop.host(), "guest": self.shop.guest()}
        self.variables = {}

    def filled(self, value):
        if isinstance(value, str) and value.startswith("$"):
            return self.variables[value[1:]]
        if isinstance(value, dict):
            return {key: self.filled(each) for key, each in value.items()}
        return [self.filled(each) for each in value] if isinstance(value, list) else value

    def call(self, step):
        name = step["call"]
        function = API["functions"][name]
        receiver = function["params"][0]["type"]
        actor = self.shop if receiver == "handle:shop_engine" else \
            self.sessions[step.get("as", "host")]
        if name in ("shop_engine_advance", "shop_engine_set_time", "shop_engine_now"):
            return self.clock(name, self.filled(step.get("args", {})))
        if name in BY_HAND:
            return getattr(actor, function["verb"])()
        own = (function["module"], receiver) in (("engine", "handle:shop_engine"),
                                                 ("session", "handle:shop_session"))
        owner = actor if own else \
            getattr(actor, safe(function["module"]))
        method = getattr(owner, safe(function["verb"]))
        given, page = {}, None
        arguments = self.filled(step.get("args", {}))
        records = [p for p in function["params"] if p["role"] == "in" and
                   p["type"].startswith("record:") and p["type"] != "record:shop_page_query"]
        for param in function["params"]:
            if param["role"] != "in" or param["name"] not in arguments:
                continue
            value, type_ = arguments[param["name"]], param["type"]
            if type_ == "record:shop_page_query" and self.paged(function):
                page = value
            elif [param] == records and self.spread(function, type_):
                given |= members(type_.partition(":")[2], value)
            elif type_ == "data" and param["c"].startswith("const char"):
                given[safe(param["name"])] = value
            else:
                given[safe(param["name"])] = to_python(type_, value)
        made = method(**given)
        return made.page(**(page or {})) if self.paged(function) else made

    @staticmethod
    def paged(function):
        """Whether the method gives rows that are read page by page."""
        outs = [p for p in function["params"] if p["role"] == "out"]
        return bool(outs) and outs[-1]["type"].startswith("page:")

    def spread(self, function, type_):
        """Whether the members of the input record are the method's own arguments."""
        names = {m["name"] for m in API["structs"][type_.partition(":")[2]]["members"]}
        plain = {p["name"] for p in function["params"]
                 if p["role"] == "in" and p["type"] != type_}
        plain |= {"page"}
        if self.paged(function):
            plain.add("limit")
        return not names & plain

    def clock(self, name, arguments):
        if name == "shop_engine_now":
            return self.shop.clock.now
        if name == "shop_engine_set_time":
            return self.shop.clock.set(to_python("time", arguments["now"]))
        return self.shop.clock.advance(microseconds=arguments["microseconds"])

    def step(self, step):
        try:
            made = self.call(step)
        except libshop.Error as error:
            found = {"code": error.code, "message": error.message,
                     "details": [{"path": d.path, "code": d.code} for d in error.details]}
            if "error" not in step:
                raise AssertionError(f"failed: {found}") from None
            wrong = difference(self.filled(step["error"]), found, "error")
            assert not wrong, wrong
            return
        assert "error" not in step, "succeeded, where an error was expected"
        if isinstance(made, tuple):
            self.sessions[step["session"]], made = made
        elif isinstance(made, libshop.Session):
            self.sessions[step["session"]], made = made, None
        found = to_json(made)
        for name, path in step.get("save", {}).items():
            value = found
            for part in path.split("/"):
                value = value[int(part)] if isinstance(value, list) else value[part]
            self.variables[name] = value
        if "expect" in step:
            wrong = difference(self.filled(step["expect"]), found, "result")
            assert not wrong, wrong


def main():
    failures = 0
    for path in sys.argv[2:]:
        scenario = json.load(open(path, encoding="utf-8"))
        runner = Runner(scenario)
        for number, step in enumerate(scenario["steps"], 1):
            try:
                runner.step(step)
            except Exception as error:
                print(f"{path}: step {number} ({step['call']}): {error!r}")
                failures += 1
                break
    print(f"{len(sys.argv) - 2} scenarios, {failures} failed")
    return 1 if failures else 0


sys.exit(main())
