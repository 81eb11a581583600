"""What can go wrong: a class for each status code, made from the library's own table."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, NoReturn

from . import _abi
from ._load import library


@dataclass(frozen=True)
class Detail:
    """One thing that is wrong."""

    path: str
    """the failing field, e.g. ``lines[2].quantity``; empty for the whole call"""
    code: str
    """machine code, e.g. ``required`` or ``too_long``"""
    message: str
    """English, for a developer or a log"""
    params: dict[str, str]
    """the numbers of it, e.g. ``{"available": "3"}``"""


class Error(Exception):
    """A refused call; the shop is exactly as before it."""

    status: int = 0
    """The number of the code."""
    code: str = ""
    """The stable name of the code, e.g. ``out_of_stock``."""

    def __init__(self, message: str = "", details: tuple[Detail, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def __reduce__(self) -> Any:
        return type(self), (self.message, self.details)


BY_STATUS: dict[int, type[Error]] = {}


def error_class(status: int) -> type[Error]:
    """The class of a code; made on the spot for one that this package does not know yet."""
    found = BY_STATUS.get(status)
    if found is None:
        name = library.shop_status_name(status).decode()
        camel = "".join(part.capitalize() for part in name.split("_"))
        found = type(f"{camel}Error", (Error,), {"status": status, "code": name})
        BY_STATUS[status] = found
    return found


def _text(data: int | None, size: int) -> str:
    return ctypes.string_at(data, size).decode() if data else ""


def _params(address: int | None) -> dict[str, str]:
    if not address:
        return {}
    rows = _abi.ListHead.from_address(address)
    found = {}
    for i in range(rows.count):
        row = _abi.shop_error_param.from_address(rows.items + i * rows.item_size)
        found[_text(row.name_data, row.name_size)] = _text(row.value_data, row.value_size)
    return found


def _details(address: int | None) -> tuple[Detail, ...]:
    if not address:
        return ()
    rows = _abi.ListHead.from_address(address)
    found = []
    for i in range(rows.count):
        row = _abi.shop_error_detail.from_address(rows.items + i * rows.item_size)
        found.append(Detail(_text(row.path_data, row.path_size),
                            _text(row.code_data, row.code_size),
                            _text(row.message_data, row.message_size), _params(row.params)))
    return tuple(found)


def fail(status: int, error: Any) -> NoReturn:
    """Raises the error object of a failed call, and releases it."""
    address = error.value
    if not address:
        raise error_class(status)(library.shop_status_description(status).decode())
    try:
        record = _abi.shop_error.from_address(address)
        made = error_class(status)(_text(record.message_data, record.message_size),
                                   _details(record.details))
    finally:
        library.shop_result_free(address)
    raise made
