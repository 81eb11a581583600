"""run.py <shop.json> <scenario.json>...: the scenarios through the Python package's classes."""

import base64
import hashlib
import hmac
import json
import re
import struct
import sys
import tempfile
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


def found_at(value, path):
    """"a/0/b" leads into objects, lists and text that is JSON."""
    for part in path.split("/") if path else []:
        if isinstance(value, str):
            value = json.loads(value)
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def totp(secret, now):
    counter = struct.pack(">Q", int(now.timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, at)[0] & 0x7fffffff) % 1000000:06}"


def rows(found):
    return found["items"] if isinstance(found, dict) and "items" in found else found


def wrong_rows(step, expected, found):
    if "count" in step and len(rows(found)) != step["count"]:
        return f"expected {step['count']} rows, found {found!r}"
    if expected is None:
        return ""
    if isinstance(found, str):
        return "" if expected in found else f"no {expected!r} in {found!r}"
    if any(not difference(expected, row, "") for row in rows(found)):
        return ""
    return f"no row {expected!r} in {found!r}"


class Runner:
    def __init__(self, scenario, folder):
        self.shops, self.sessions = {}, {}
        self.variables = {"folder": folder}
        self.open("", scenario.get("open", {}))

    def open(self, name, options):
        options = members("shop_open_input", options)
        for plain, span, unit in (("busy_timeout_ms", "busy_timeout", "milliseconds"),
                                  ("utc_offset_minutes", "utc_offset", "minutes")):
            if plain in options:
                options[span] = timedelta(**{unit: options.pop(plain)})
        self.shops[name] = shop = libshop.open(":memory:", **options)
        prefix = name + "." if name else ""
        self.sessions |= {prefix + "host": shop.host(), prefix + "guest": shop.guest()}

    def filled(self, value):
        if isinstance(value, str) and value.startswith("$totp:"):
            return totp(self.variables[value[6:]], self.shops[""].clock.now)
        if isinstance(value, str) and re.match(r"\$[^{]", value):
            return self.variables[value[1:]]
        if isinstance(value, str):
            return re.sub(r"\$\{(\w+)\}", lambda m: str(self.variables[m[1]]), value)
        if isinstance(value, dict):
            return {key: self.filled(each) for key, each in value.items()}
        return [self.filled(each) for each in value] if isinstance(value, list) else value

    def call(self, step, actor):
        name = step["call"]
        shop = self.shops[step.get("shop", "")]
        function = API["functions"][name]
        receiver = function["params"][0]["type"]
        actor = shop if receiver == "handle:shop_engine" else self.sessions[actor]
        if name in ("shop_engine_advance", "shop_engine_set_time", "shop_engine_now"):
            return self.clock(shop.clock, name, self.filled(step.get("args", {})))
        if name in BY_HAND:
            return getattr(actor, function["verb"])()
        own = (function["module"], receiver) in (("engine", "handle:shop_engine"),
                                                 ("session", "handle:shop_session"))
        owner = actor if own else \
            getattr(actor, safe(function["module"]))
        method = getattr(owner, safe(function["verb"]))
        given, page = {}, None
        arguments = self.filled(step.get("args", {}))
        for param in function["params"]:
            if param["role"] != "in" or param["name"] not in arguments:
                continue
            value, type_ = arguments[param["name"]], param["type"]
            if type_ == "record:shop_page_query" and self.paged(function):
                page = value
            elif param["name"] == function.get("spread"):
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
        params = function["params"]
        outs = [p for p in params if p["role"] == "out"]
        return bool(outs) and outs[-1]["type"].startswith("page:") and \
            any(p["type"] == "record:shop_page_query" for p in params)

    @staticmethod
    def clock(clock, name, arguments):
        if name == "shop_engine_now":
            return clock.now
        if name == "shop_engine_set_time":
            return clock.set(to_python("time", arguments["now"]))
        return clock.advance(microseconds=arguments["microseconds"])

    def perform(self, step):
        if "open" in step:
            return self.open(step["shop"], step["open"])
        actors = step.get("as", "host")
        for actor in actors if isinstance(actors, list) else [actors]:
            self.step(step, actor)

    def step(self, step, actor):
        try:
            made = self.call(step, actor)
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
            self.variables[name] = found_at(found, path)
        if "expect" in step:
            wrong = difference(self.filled(step["expect"]), found, "result")
            assert not wrong, wrong
        wrong = wrong_rows(step, self.filled(step.get("contains")), found)
        assert not wrong, wrong


def main():
    failures = 0
    for path in sys.argv[2:]:
        scenario = json.load(open(path, encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            runner = Runner(scenario, folder)
            for number, step in enumerate(scenario["steps"], 1):
                try:
                    runner.perform(step)
                except Exception as error:
                    print(f"{path}: step {number} ({step.get('call', 'open')}): {error!r}")
                    failures += 1
                    break
    print(f"{len(sys.argv) - 2} scenarios, {failures} failed")
    return 1 if failures else 0


sys.exit(main())
