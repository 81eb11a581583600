"""Opening a shop, and the objects that everything else hangs on."""

from __future__ import annotations

import os
from ctypes import byref, c_int64
from datetime import datetime, timedelta
from typing import Any

from . import _abi
from ._api import EngineMethods, SessionMethods, SessionModules, ShopModules
from ._core import argument, blob, call, call_handle, call_value, from_time, number, to_time
from ._handles import Handle
from ._load import library
from ._types import Durability, PasswordPreset, pack_shop_open_input


class Session(Handle, SessionModules, SessionMethods):
    """One actor on a shop: a guest, a customer, somebody who works there, or the host program.

    Its modules say what the actor can do: ``session.catalog``, ``session.cart``, ...
    """

    def __init__(self, shop: Shop, handle: Any) -> None:
        self._shop = shop
        self._opened(handle, library.shop_session_close)

    @property
    def shop(self) -> Shop:
        """The shop that it acts on."""
        return self._shop


class Clock:
    """The shop's clock; one that was opened with ``manual_clock`` can be moved."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    @property
    def now(self) -> datetime:
        """What time it is in the shop, UTC."""
        return to_time(call_value(c_int64, library.shop_engine_now, self._shop._handle))

    def set(self, now: datetime) -> None:
        """Moves a held clock to a time."""
        call(library.shop_engine_set_time, self._shop._handle, from_time(now))

    def advance(self, span: timedelta | None = None, **spans: float) -> None:
        """Moves a held clock by a span: ``advance(hours=2)``."""
        moved = (span or timedelta()) + timedelta(**spans)
        call(library.shop_engine_advance, self._shop._handle,
             number(moved // timedelta(microseconds=1)))


class Shop(Handle, ShopModules, EngineMethods):
    """An opened shop. May be used from any thread; close it, or use it in ``with``."""

    def __init__(self, handle: Any) -> None:
        self._opened(handle, library.shop_engine_close)
        self.clock = Clock(self)

    def _session(self, handle: Any) -> Session:
        return Session(self, handle)

    def host(self) -> Session:
        """The actor for what the program does in its own name. It may do everything."""
        return self._session(call_handle(_abi.SessionHandle, library.shop_session_host,
                                         self._handle))

    def guest(self) -> Session:
        """Somebody who has not logged in."""
        return self._session(call_handle(_abi.SessionHandle, library.shop_session_guest,
                                         self._handle))

    def login(self, login: str, password: str, *, code: str | None = None,
              device_name: str | None = None) -> Session:
        """A session of somebody with an account; ``guest().accounts.log_in`` also gives the tokens.

        login: username or e-mail
        code: of the authenticator app, when two-factor is on
        """
        with self.guest() as guest:
            session, _ = guest.accounts.log_in(login, password, code=code,
                                               device_name=device_name)
            return session

    def fork(self) -> Shop:
        """An independent copy in memory; a held clock starts where it is now."""
        return Shop(call_handle(_abi.EngineHandle, library.shop_engine_fork, self._handle))


def _options(must_exist: bool, read_only: bool, busy_timeout: timedelta | None,
             durability: Durability | None, currency: str | None, utc_offset: timedelta | None,
             manual_clock: datetime | None, random_seed: int | None, host_key: bytes | None,
             password_preset: PasswordPreset | None) -> Any:
    wait = None if busy_timeout is None else busy_timeout // timedelta(milliseconds=1)
    minutes = None if utc_offset is None else utc_offset // timedelta(minutes=1)
    return pack_shop_open_input(
        must_exist=must_exist, read_only=read_only, busy_timeout_ms=wait, durability=durability,
        utc_offset_minutes=minutes, currency=currency, manual_clock=manual_clock,
        random_seed=random_seed, host_key=host_key, password_preset=password_preset)


def open(path: str | os.PathLike[str], *, must_exist: bool = False, read_only: bool = False,
         busy_timeout: timedelta | None = None, durability: Durability | None = None,
         currency: str | None = None, utc_offset: timedelta | None = None,
         manual_clock: datetime | None = None, random_seed: int | None = None,
         host_key: bytes | None = None, password_preset: PasswordPreset | None = None) -> Shop:
    """Opens the shop in a file, or makes it; ``":memory:"`` is a shop that is gone when closed.

    must_exist: do not make the shop when there is none
    read_only: refuse every change
    busy_timeout: wait at most this long for another program's write; by default 5 seconds
    durability: how much of a power cut a commit survives; by default all
    currency: of a new shop, by default EUR; must fit an existing one's
    utc_offset: of a new shop's calendar days
    manual_clock: hold the time here until it is moved; for tests
    random_seed: with the clock held, makes the same calls give the same bytes; for tests only
    host_key: 32 bytes that seal personal data; an existing shop opens only with its own
    password_preset: how much work a password hash is; by default interactive
    """
    options = _options(must_exist, read_only, busy_timeout, durability, currency, utc_offset,
                       manual_clock, random_seed, host_key, password_preset)
    name = os.fspath(path)
    if name == ":memory:":
        return Shop(call_handle(_abi.EngineHandle, library.shop_engine_open_memory,
                                byref(options)))
    return Shop(call_handle(_abi.EngineHandle, library.shop_engine_open, argument(name),
                            byref(options)))


def restore(backup: str | os.PathLike[str], path: str | os.PathLike[str], *,
            host_key: bytes | None = None, busy_timeout: timedelta | None = None,
            durability: Durability | None = None, manual_clock: datetime | None = None,
            random_seed: int | None = None,
            password_preset: PasswordPreset | None = None) -> Shop:
    """Makes the shop at ``path`` out of a backup, sealed or not, and opens it.

    path: nothing may be there, and nothing is when this fails
    host_key: that of the time of the backup; the rest as in ``open``
    """
    options = _options(False, False, busy_timeout, durability, None, None, manual_clock,
                       random_seed, host_key, password_preset)
    return Shop(call_handle(_abi.EngineHandle, library.shop_engine_restore,
                            argument(os.fspath(backup)), argument(os.fspath(path)),
                            byref(options)))


def open_image(image: bytes, *, manual_clock: datetime | None = None,
               random_seed: int | None = None, host_key: bytes | None = None,
               password_preset: PasswordPreset | None = None) -> Shop:
    """Opens a shop in memory that starts as what ``Shop.serialize`` gave."""
    options = _options(False, False, None, None, None, None, manual_clock, random_seed, host_key,
                       password_preset)
    raw = blob(image)
    return Shop(call_handle(_abi.EngineHandle, library.shop_engine_open_image, raw, len(raw),
                            byref(options)))
