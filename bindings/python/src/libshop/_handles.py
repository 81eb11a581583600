"""The objects that hold a handle, and what modules share."""

from __future__ import annotations

import os
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from . import _abi
from ._core import Reader, call, call_handle, call_handle_and_result

if TYPE_CHECKING:
    from ._shop import Session

T = TypeVar("T")
Self = TypeVar("Self", bound="Handle")


class Handle:
    """Something open. Use it in ``with``, or ``close()`` it; else it is closed when collected."""

    _handle: Any = None
    _close: Any = None
    _pid: int = 0

    def _opened(self, handle: Any, close: Any) -> None:
        self._handle = handle
        self._close = close
        self._pid = os.getpid()

    @property
    def closed(self) -> bool:
        return self._handle is None

    def close(self) -> None:
        """Gives the handle back. Closing twice is fine."""
        handle, self._handle = self._handle, None
        if handle is not None and self._pid == os.getpid():
            call(self._close, handle)

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()


class Module:
    """A module as one actor sees it."""

    __slots__ = ("_session",)

    def __init__(self, session: Any) -> None:
        self._session = session

    @property
    def _handle(self) -> Any:
        return self._session._handle

    @property
    def _shop(self) -> Any:
        return self._session._shop


class ShopModule:
    """The part of a module that needs no actor."""

    __slots__ = ("_shop",)

    def __init__(self, shop: Any) -> None:
        self._shop = shop

    @property
    def _handle(self) -> Any:
        return self._shop._handle


def open_session(shop: Any, function: Any, *arguments: Any) -> Session:
    """A call that gives a session."""
    made: Session = shop._session(call_handle(_abi.SessionHandle, function, *arguments))
    return made


def open_session_and_result(shop: Any, read: Reader[T], function: Any,
                            *arguments: Any) -> tuple[Any, T]:
    """A call that gives a session and tells about it."""
    handle, result = call_handle_and_result(_abi.SessionHandle, read, function, *arguments)
    return shop._session(handle), result
