"""hostile.py [calls] [seed]: random functions, random arguments, from Python, straight into C.

What must come of it: a status or an exception, never a crash, and no growth. Unlike the package's
own classes, this calls the C functions with whatever fits their registers. With SHOP_LONG=1 it is
the campaign of a million calls.
"""

import ctypes
import gc
import tempfile
import json
import os
import random
import sys
import threading
from pathlib import Path

import libshop
from libshop import _abi
from libshop._load import library

API = json.loads((Path(__file__).parents[2] / "capi/abi/shop.json").read_text(encoding="utf-8"))
# These would only test the disk, or wait.
LEFT_OUT = {"shop_engine_backup", "shop_engine_backup_sealed", "shop_engine_restore",
            "shop_engine_open", "shop_engine_open_image",
            "shop_engine_verify", "shop_engine_serialize", "shop_engine_fork", "shop_fetch_run"}
ROUND = 5_000  # calls on one shop, so that what was really done does not pile up
GROWTH_MB = 64  # four shops of a round, fuller or emptier; a leak of 100 bytes a call is 100 MB
HUGE = b"x" * 100_000_000
NAMES = [n for n, f in API["functions"].items() if not f.get("raw") and n not in LEFT_OUT]


class Hostile:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.kept = []
        self.refused = self.done = 0
        self.shop = None

    def open(self):
        if self.shop is not None:
            problems = self.shop.verify().problems
            assert problems == [], problems
            self.shop.close()
        self.shop = libshop.open(":memory:", currency="GBP",
                                 password_preset=libshop.PasswordPreset.FOR_TESTS)
        self.sessions = [self.shop.host(), self.shop.guest()]
        closed = self.shop.host()
        self.dead = closed._handle
        closed.close()

    def number(self):
        r = self.random
        return r.choice([0, 1, -1, 1024, 2**31, 2**53 - 1, 2**53, 2**63 - 1, -(2**63),
                         r.randrange(-2**63, 2**63), r.randrange(5000)])

    def text(self):
        r = self.random
        if r.random() < 0.0002:
            return HUGE
        kind = r.randrange(9)
        if kind == 0:
            return None
        if kind == 1:
            return bytes(r.randrange(1, 256) for _ in range(r.randrange(40)))
        if kind == 2:
            return b"\xed\xa0\x80 half a pair"
        if kind == 3:
            return b"x" * r.choice([300, 5000, 100_000])
        if kind == 4:
            return r.choice([b"'; DROP TABLE products; --", b"%", b'"', b"\x01\x02", b"../../etc"])
        return ("name %d é" % r.randrange(1000)).encode()

    def struct(self, name, depth=0):
        """An input with random members, and now and then a random size."""
        layout = API["structs"][name]
        memory = ctypes.create_string_buffer(layout["size"] + 64)
        self.kept.append(memory)
        raw = bytearray(layout["size"])
        raw[0:4] = layout["size"].to_bytes(4, "little")
        fields = 0
        for member in layout["members"]:
            if self.random.random() < 0.3:
                continue
            if "bit" in member:
                fields |= 1 << member["bit"]
            raw[member["offset"]:member["offset"] + member["size"]] = self.member(member, depth)
        if self.random.random() < 0.05:
            fields = self.random.randrange(2**64)
        raw[8:16] = fields.to_bytes(8, "little")
        if self.random.random() < 0.05:
            size = self.random.choice([0, 1, 8, 15, layout["size"] - 8, layout["size"] + 8])
            raw[0:4] = size.to_bytes(4, "little")
        memory[:len(raw)] = bytes(raw)
        return ctypes.addressof(memory)

    def member(self, member, depth):
        kind, _, name = member["type"].partition(":")
        size = member["size"]
        if kind in ("str", "bytes"):
            text = self.text()
            if text is None:
                return bytes(8) + self.random.choice([0, 0, 5]).to_bytes(8, "little")
            buffer = ctypes.c_char_p(text) if text is HUGE else ctypes.create_string_buffer(text)
            self.kept.append(buffer)
            place = ctypes.cast(buffer, ctypes.c_void_p).value if text is HUGE \
                else ctypes.addressof(buffer)
            return place.to_bytes(8, "little") + len(text).to_bytes(8, "little")
        if kind in ("strs", "ids"):
            return bytes(16)
        if kind == "record":
            given = depth < 3 and self.random.random() < 0.7
            address = self.struct(name, depth + 1) if given else 0
            return address.to_bytes(8, "little")
        if kind == "list":
            return (self.list(name, depth) if depth < 3 else 0).to_bytes(8, "little")
        return (self.number() % 2 ** (8 * size)).to_bytes(size, "little")

    def list(self, name, depth=0):
        item = API["structs"][name]["item"]
        size = API["structs"][item]["size"]
        count = self.random.randrange(4)
        rows = ctypes.create_string_buffer(size * count + 8)
        for i in range(count):
            rows[i * size:(i + 1) * size] = ctypes.string_at(self.struct(item, depth + 1), size)
        head = _abi.ListHead(24, self.random.choice([size, size, size, 0, 4, size - 8]), count,
                             ctypes.addressof(rows))
        self.kept += [rows, head]
        return ctypes.addressof(head)

    def session(self):
        roll = self.random.random()
        if roll < 0.9:
            return self.random.choice(self.sessions)._handle
        if roll < 0.95:
            return self.dead
        return ctypes.cast(ctypes.c_void_p(self.random.randrange(2**64)), _abi.SessionHandle)

    def call(self):
        name = self.random.choice(NAMES)
        function = API["functions"][name]
        arguments, outs = [], []
        for param in function["params"]:
            kind, _, type_name = param["type"].partition(":")
            if param["role"] == "receiver":
                if type_name == "shop_engine":
                    if name == "shop_engine_close" or self.random.random() < 0.05:
                        number = ctypes.c_void_p(self.random.randrange(2**64))
                        arguments.append(ctypes.cast(number, _abi.EngineHandle))
                    else:
                        arguments.append(self.shop._handle)
                elif name == "shop_session_close":
                    arguments.append(self.dead)
                else:
                    arguments.append(self.session())
            elif param["role"] == "error":
                continue
            elif param["role"] == "out":
                out = _abi.shop_money() if kind == "money" else (ctypes.c_uint64 * 2)()
                kind_of = getattr(library, name).argtypes[len(arguments)]
                pointer = ctypes.cast(ctypes.byref(out), kind_of)
                outs.append((out, kind, type_name))
                arguments.append(pointer if self.random.random() < 0.98 else None)
            else:
                self.argument(param, kind, type_name, arguments)
        error = ctypes.c_void_p()
        status = getattr(library, name)(*arguments, ctypes.byref(error))
        if status:
            self.refused += 1
            assert error.value, name
            library.shop_result_free(error)
            return
        self.done += 1
        for out, kind, type_name in outs:
            address = out[0] if kind != "money" else 0
            if kind in ("record", "list", "page"):
                library.shop_result_free(address)
            elif kind == "handle":
                close = library.shop_session_close if type_name == "shop_session" else \
                    library.shop_engine_close
                close(ctypes.cast(ctypes.c_void_p(address), close.argtypes[0]), None)

    def argument(self, param, kind, type_name, arguments):
        if param.get("size_name"):
            text = self.text() or b""
            arguments += [text, len(text)]
        elif kind == "cstr":
            arguments.append(self.text())
        elif kind == "record":
            arguments.append(self.struct(type_name) if self.random.random() < 0.95 else None)
        elif kind == "list":
            arguments.append(self.list(type_name) if self.random.random() < 0.95 else None)
        elif kind in ("money", "strs", "ids"):
            zeros = ctypes.create_string_buffer(16)
            self.kept.append(zeros)
            arguments.append(ctypes.addressof(zeros))
        elif kind in ("i32", "bool", "enum"):
            arguments.append(self.number() % 2**32 - 2**31 if self.random.random() < 0.2
                             else self.random.randrange(5))
        elif kind in ("callback", "data"):
            arguments.append(None)  # an address that is none is nobody's to check
        elif kind == "f64":
            arguments.append(self.random.choice([0.0, float("nan"), float("inf"), -1e308]))
        else:
            arguments.append(self.number())

    def run(self, calls):
        for i in range(calls):
            if i % ROUND == 0:
                self.open()
            self.call()
            if i % 50 == 0:
                self.kept.clear()


def resident_mb():
    """What the process really holds, once free memory went back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main():
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if os.environ.get("SHOP_LONG") == "1":
        calls = 1_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(2**32)
    print(f"hostile.py {calls} {seed}", flush=True)
    # Some calls write files under the names they are given; so deep, no `../..` leaves the folder.
    folder = tempfile.TemporaryDirectory()
    deep = Path(folder.name, *"abcdefgh")
    deep.mkdir(parents=True)
    os.chdir(deep)
    workers = [Hostile(seed + i) for i in range(4)]
    for worker in workers:  # warm up before memory is counted
        worker.run(min(calls // 20, ROUND))
    before = resident_mb()
    threads = [threading.Thread(target=w.run, args=(calls // 4,)) for w in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    grown = resident_mb() - before
    refused = sum(w.refused for w in workers)
    done = sum(w.done for w in workers)
    print(f"{refused} refused, {done} done, {before:.0f} MB grew by {grown:.1f} MB")
    for worker in workers:
        worker.open()
    assert refused + done >= calls
    assert grown < GROWTH_MB, grown


main()
