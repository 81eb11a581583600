"""Finds the shared library, and refuses one that speaks another language than this package."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

from . import _abi


def _candidates() -> list[str]:
    chosen = os.environ.get("LIBSHOP_LIBRARY")
    if chosen:
        return [chosen]
    name = "libshop.1.dylib" if sys.platform == "darwin" else "libshop.so.1"
    packaged = Path(__file__).parent / "_lib" / name
    return [str(packaged)] if packaged.exists() else [name]


def _open() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    (path,) = _candidates()
    try:
        return ctypes.CDLL(path), ctypes.PyDLL(path)
    except OSError as error:
        raise ImportError(f"cannot load {path}: {error}; set LIBSHOP_LIBRARY to the path of "
                          "libshop.so.1") from None


def _text(data: int, size: int) -> str:
    return ctypes.string_at(data, size).decode()


def _check(lib: ctypes.CDLL) -> None:
    """Same major version, and no struct smaller than this package knows it."""
    abi = lib.shop_abi_info().contents
    if abi.major != _abi.ABI_MAJOR:
        raise ImportError(f"libshop has ABI {abi.major}, this package needs {_abi.ABI_MAJOR}")
    rows = abi.structs.contents
    for i in range(rows.count):
        row = _abi.shop_abi_struct.from_address(rows.items + i * rows.item_size)
        name = _text(row.name_data, row.name_size)
        if row.size < _abi.SIZES.get(name, 0):
            raise ImportError(f"this libshop is too old: its {name} has {row.size} bytes, "
                              f"{_abi.SIZES[name]} are needed")


def _load() -> tuple[Any, Any]:
    lib, keeping = _open()
    try:
        _abi.bind(lib)
        _abi.bind(keeping)
    except AttributeError as error:
        raise ImportError(f"this libshop is too old: {error}") from None
    _check(lib)
    return lib, keeping


library, quick = _load()
"""The functions; those of ``quick`` keep the GIL, for what takes less time than giving it back."""
