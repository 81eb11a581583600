"""How a call goes through ctypes: arguments in, one block of bytes out, errors raised."""

from __future__ import annotations

import ctypes
import operator
from ctypes import byref, c_void_p, string_at
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from struct import Struct
from typing import Any, Callable, Generic, Iterator, Sequence, TypeVar

from . import _abi
from ._errors import fail
from ._exceptions import OutOfRangeError
from ._load import quick
from ._money import Money

T = TypeVar("T")

Reader = Callable[[bytes, int, int], T]
"""Makes an object from the block of a result: its bytes, where in it, the address it had."""

_new = object.__new__
_set = object.__setattr__
_size = quick.shop_result_size
_free = quick.shop_result_free


class Unset:
    """The type of ``UNSET``."""

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET = Unset()
"""In updates: leave it as it is. ``None`` clears it."""


def make(cls: type[T], values: dict[str, Any]) -> T:
    """An instance of a frozen dataclass, without paying for each field's check."""
    made = _new(cls)
    _set(made, "__dict__", values)
    return made


# Results


def call(function: Any, *arguments: Any) -> None:
    """A call that gives nothing but success."""
    error = c_void_p()
    status = function(*arguments, byref(error))
    if status:
        fail(status, error)


def call_result(read: Reader[T], function: Any, *arguments: Any) -> T:
    """A call that gives a record, a list or a page."""
    out = c_void_p()
    error = c_void_p()
    status = function(*arguments, byref(out), byref(error))
    if status:
        fail(status, error)
    address: Any = out.value
    block = string_at(address, _size(address))
    _free(address)
    return read(block, 0, address)


def call_value(kind: Any, function: Any, *arguments: Any) -> Any:
    """A call that gives a number."""
    out = kind()
    error = c_void_p()
    status = function(*arguments, byref(out), byref(error))
    if status:
        fail(status, error)
    return out.value


def call_money(function: Any, *arguments: Any) -> Money:
    out = _abi.shop_money()
    error = c_void_p()
    status = function(*arguments, byref(out), byref(error))
    if status:
        fail(status, error)
    return Money.from_minor(out.minor, out.currency.decode())


def call_handle(kind: Any, function: Any, *arguments: Any) -> Any:
    """A call that opens a handle."""
    out = kind()
    error = c_void_p()
    status = function(*arguments, byref(out), byref(error))
    if status:
        fail(status, error)
    return out


def call_handle_and_result(kind: Any, read: Reader[T], function: Any,
                           *arguments: Any) -> tuple[Any, T]:
    """A call that opens a session and tells about it."""
    handle = kind()
    result = call_result(read, function, *arguments, byref(handle))
    return handle, result


_LIST = Struct("<4xIQQ").unpack_from
_PAGE = Struct("<4xIQQQQQq").unpack_from
_STR = Struct("<QQ").unpack_from


def read_items(block: bytes, at: int, base: int, read: Reader[T]) -> list[T]:
    size, count, items = _LIST(block, at)
    first = items - base
    return [read(block, place, base) for place in range(first, first + count * size, size or 1)]


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list."""

    items: list[T]
    next_cursor: str | None
    """give it as ``cursor`` to read on; None on the last page"""
    total: int | None
    """how many rows match, when it was asked for"""

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def read_page(block: bytes, at: int, base: int, read: Reader[T]) -> Page[T]:
    size, count, items, cursor, length, present, total = _PAGE(block, at)
    first = items - base
    rows = [read(block, place, base) for place in range(first, first + count * size, size or 1)]
    next_cursor = block[cursor - base: cursor - base + length].decode() if cursor else None
    return make(Page, {"items": rows, "next_cursor": next_cursor,
                       "total": total if present & 1 else None})


def read_text(block: bytes, at: int, base: int) -> str:
    data, size = _STR(block, at + 16)
    return block[data - base: data - base + size].decode() if data else ""


def read_blob(block: bytes, at: int, base: int) -> bytes:
    data, size = _STR(block, at + 16)
    return block[data - base: data - base + size] if data else b""


def read_texts(block: bytes, base: int, items: int, count: int) -> list[str]:
    found = []
    for place in range(items - base, items - base + 16 * count, 16):
        data, size = _STR(block, place)
        found.append(block[data - base: data - base + size].decode())
    return found


def read_text_list(block: bytes, at: int, base: int) -> list[str]:
    items, count = _STR(block, at + 16)
    return read_texts(block, base, items, count)


def read_ids(block: bytes, base: int, items: int, count: int) -> list[int]:
    if not count:
        return []
    return list(Struct(f"<{count}q").unpack_from(block, items - base))


class Rows(Generic[T]):
    """A list that is read page by page while it is walked: ``for row in rows``."""

    def __init__(self, fetch: Callable[[Any], Page[T]], limit: int) -> None:
        self._fetch = fetch
        self._limit = limit

    def page(self, cursor: str | None = None, *, limit: int | None = None,
             with_total: bool = False) -> Page[T]:
        """One page; ``cursor`` is the ``next_cursor`` of the page before."""
        return self._fetch(_abi.page_query(
            text(cursor) if cursor is not None else None,
            number(self._limit if limit is None else limit), with_total))

    def pages(self) -> Iterator[Page[T]]:
        cursor: str | None = None
        while True:
            page = self.page(cursor)
            yield page
            cursor = page.next_cursor
            if cursor is None:
                return

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def first(self) -> T | None:
        """The first row, None if there is none."""
        for row in self.page(limit=1).items:
            return row
        return None

    def total(self) -> int:
        """How many rows there are."""
        total = self.page(limit=1, with_total=True).total
        return 0 if total is None else total


# Time

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_fromtimestamp = datetime.fromtimestamp
_utc = timezone.utc


def to_time(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def from_time(value: datetime) -> int:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError("times are datetimes with a time zone")
    return (value - _EPOCH) // _MICROSECOND


# Arguments

_I64 = 1 << 63
_I32 = 1 << 31


def number(value: int) -> int:
    value = operator.index(value)
    if not -_I64 <= value < _I64:
        raise OutOfRangeError(f"{value} does not fit into 64 bits")
    return value


def number32(value: int) -> int:
    value = operator.index(value)
    if not -_I32 <= value < _I32:
        raise OutOfRangeError(f"{value} does not fit into 32 bits")
    return value


def unsigned(value: int) -> int:
    value = operator.index(value)
    if not 0 <= value < 2 * _I64:
        raise OutOfRangeError(f"{value} does not fit into 64 bits without sign")
    return value


def text(value: str) -> bytes:
    if not isinstance(value, str):
        raise TypeError(f"expected a str, got {type(value).__name__}")
    return value.encode()


def argument(value: str) -> bytes:
    """Text that goes to C as a NUL-terminated argument."""
    if not isinstance(value, str):
        raise TypeError(f"expected a str, got {type(value).__name__}")
    if "\0" in value:
        raise ValueError("text holds a NUL character")
    return value.encode()


def blob(value: bytes) -> bytes:
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(f"expected bytes, got {type(value).__name__}")
    return bytes(value)


def money(value: Money) -> Any:
    if not isinstance(value, Money):
        raise TypeError(f"expected Money, got {type(value).__name__}")
    return _abi.shop_money(number(value.minor), value.currency.encode()[:4], 0)


def texts(values: Sequence[str]) -> Any:
    if isinstance(values, (str, bytes)):
        raise TypeError("expected several texts, got one")
    encoded = [text(value) for value in values]
    rows = (_abi.shop_str * len(encoded))(*[_abi.shop_str(each, len(each)) for each in encoded])
    return _abi.shop_strs(rows, len(encoded))


def ids(values: Sequence[int]) -> Any:
    rows = (ctypes.c_int64 * len(values))(*(number(value) for value in values))
    return _abi.shop_ids(rows, len(values))


def point(record: Any, member: str, target: Any) -> None:
    """Lets a pointer member of an input point to another struct, which it keeps alive."""
    setattr(record, member, ctypes.addressof(target))
    kept = record.__dict__.setdefault("_kept", [])
    kept.append(target)


def pack_items(kind: Any, rows: Sequence[Any]) -> Any:
    """A list of inputs."""
    array = (kind * len(rows))(*rows)
    head = _abi.ListHead(ctypes.sizeof(_abi.ListHead), ctypes.sizeof(kind), len(rows),
                         ctypes.addressof(array))
    head.__dict__["_kept"] = [array, rows]
    return head


_CURRENCIES: dict[bytes, str] = {}


def currency(code: bytes) -> str:
    """The text of a currency's four bytes, the same object each time."""
    found = _CURRENCIES.get(code)
    if found is None:
        found = _CURRENCIES[code] = code.rstrip(b"\0").decode()
    return found
