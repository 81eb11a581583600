"""Results as records that decode a member when it is first touched.

A result is one block of bytes. Decoding all of it costs more than the call that made it, and most
callers read a few members: so each member of a record is a descriptor that decodes itself and
leaves its value in the instance, where the next look finds it without us.
"""

from __future__ import annotations

from enum import IntEnum
from struct import Struct
from typing import Any, Callable, TypeVar

from ._core import Reader, currency, read_ids, read_items, read_page, read_texts, to_time
from ._money import Money

T = TypeVar("T")

Decoder = Callable[[bytes, int, int], Any]
"""Reads a member of the record that starts at an offset of a block with this address."""

_new = object.__new__
_I32 = Struct("<i").unpack_from
_U32 = Struct("<I").unpack_from
_I64 = Struct("<q").unpack_from
_U64 = Struct("<Q").unpack_from
_F64 = Struct("<d").unpack_from
_PAIR = Struct("<QQ").unpack_from
_MONEY = Struct("<q4s").unpack_from


class Record:
    """What a call gave. Members are decoded when they are first touched; until then, and as long as
    it lives, a record keeps the bytes of the whole result. ``copy.copy`` gives one on its own."""

    __slots__ = ()

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in type(self).__annotations__}


class Member:
    """A member of a record that is still in its block."""

    __slots__ = ("name", "decode")

    def __init__(self, name: str, decode: Decoder) -> None:
        self.name = name
        self.decode = decode

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is None:
            raise AttributeError(self.name)
        members = record.__dict__
        block, at, base = members["_"]
        made = members[self.name] = self.decode(block, at, base)
        return made


def lazy(cls: type[Record], **decoders: Decoder) -> None:
    """Gives a frozen dataclass its members; after the decorator, which would take them for
    defaults."""
    for name, decode in decoders.items():
        setattr(cls, name, Member(name, decode))


def reader(cls: type[T]) -> Reader[T]:
    def read(block: bytes, at: int, base: int, _new: Any = object.__new__) -> T:
        made: T = _new(cls)
        made.__dict__["_"] = (block, at, base)
        return made
    return read


def _plain(unpack: Callable[[bytes, int], tuple[Any, ...]]) -> Callable[[int], Decoder]:
    def member(offset: int) -> Decoder:
        return lambda block, at, base: unpack(block, at + offset)[0]
    return member


i32 = _plain(_I32)
u32 = _plain(_U32)
i64 = _plain(_I64)
u64 = _plain(_U64)
f64 = _plain(_F64)


def boolean(offset: int) -> Decoder:
    return lambda block, at, base: _I32(block, at + offset)[0] != 0


def time(offset: int) -> Decoder:
    return lambda block, at, base: to_time(_I64(block, at + offset)[0])


def enum(offset: int, kind: type[IntEnum]) -> Decoder:
    """A value that this package does not know yet stays a number."""
    known = kind._value2member_map_.get

    def decode(block: bytes, at: int, base: int) -> Any:
        value = _I32(block, at + offset)[0]
        return known(value, value)
    return decode


def text(offset: int, absent: str | None = "") -> Decoder:
    def decode(block: bytes, at: int, base: int) -> str | None:
        data, size = _PAIR(block, at + offset)
        data -= base
        return block[data:data + size].decode() if size else "" if data != -base else absent
    return decode


def blob(offset: int, absent: bytes | None = b"") -> Decoder:
    def decode(block: bytes, at: int, base: int) -> bytes | None:
        data, size = _PAIR(block, at + offset)
        return block[data - base:data - base + size] if data else absent
    return decode


def money(offset: int) -> Decoder:
    def decode(block: bytes, at: int, base: int) -> Money:
        made = _new(Money)
        made._minor, code = _MONEY(block, at + offset)
        made._currency = currency(code)
        return made
    return decode


def texts(offset: int) -> Decoder:
    return lambda block, at, base: read_texts(block, base, *_PAIR(block, at + offset))


def ids(offset: int) -> Decoder:
    return lambda block, at, base: read_ids(block, base, *_PAIR(block, at + offset))


def record(offset: int, read: Reader[Any]) -> Decoder:
    def decode(block: bytes, at: int, base: int) -> Any:
        place = _U64(block, at + offset)[0]
        return read(block, place - base, base) if place else None
    return decode


def rows(offset: int, read: Reader[Any], nullable: bool = False) -> Decoder:
    def decode(block: bytes, at: int, base: int) -> Any:
        place = _U64(block, at + offset)[0]
        if not place:
            return None if nullable else []
        return read_items(block, place - base, base, read)
    return decode


def page(offset: int, read: Reader[Any]) -> Decoder:
    def decode(block: bytes, at: int, base: int) -> Any:
        return read_page(block, _U64(block, at + offset)[0] - base, base, read)
    return decode


def optional(offset: int, bit: int, decode: Decoder) -> Decoder:
    """A member that is there only if its bit in ``present`` is set."""
    mask = 1 << bit

    def maybe(block: bytes, at: int, base: int) -> Any:
        return decode(block, at, base) if _U64(block, at + offset)[0] & mask else None
    return maybe
