"""Words that people would use, over the generated modules."""

from __future__ import annotations

import itertools
from ctypes import CFUNCTYPE, c_char_p, c_int32, c_int64, c_void_p, cast
from typing import TYPE_CHECKING, Any, Callable, Sequence

from ._core import call
from ._load import library
from ._money import Money

if TYPE_CHECKING:
    from ._types import Order, PaymentInput


class CartIdiom:
    """What a cart can do beyond its own functions."""

    _session: Any

    def checkout(self, key: str, *, cart_id: int | None = None,
                 payments: Sequence[PaymentInput] = (), expected_total: Money | None = None,
                 note: str | None = None) -> Order:
        """Turns the cart into an order: ``orders.place`` in other words.

        key: the idempotency key; the same key gives the same order again
        cart_id: which cart; by default the current one
        payments: how it is paid; none: the order waits for its money
        expected_total: refused when it would be more
        """
        order: Order = self._session.orders.place(
            key, cart_id=cart_id, payments=payments, expected_total=expected_total, note=note)
        return order

    def _variant_id(self, variant: int | str) -> int:
        if not isinstance(variant, str):
            return variant
        product = self._session.catalog.product_by_sku(variant)
        found: int = next(each.id for each in product.variants if each.sku == variant)
        return found


# Who is told where an audit chain ends, by the number that C hands back.
_watchers: dict[int, Callable[[int, str], object]] = {}
_numbers = itertools.count(1)


def _tell(seq: int, hash_text: bytes, number: int) -> int:
    try:
        return 0 if _watchers[number](seq, hash_text.decode()) is False else 1
    except Exception:
        return 0


def _forget(number: int) -> None:
    _watchers.pop(number, None)


# C calls them as long as the library is loaded, so they are never collected.
_TELL = CFUNCTYPE(c_int32, c_int64, c_char_p, c_void_p)(_tell)
_FORGET = CFUNCTYPE(None, c_void_p)(_forget)


class AuditIdiom:
    """What watches the end of the audit chain."""

    _handle: Any

    def watch(self, every: int, watcher: Callable[[int, str], object] | None) -> None:
        """Tells ``watcher(seq, hash)`` where the chain ends, to keep it elsewhere: now, and then
        whenever so many entries have been written.

        every: 1 to 1,000,000
        watcher: runs on the thread of the call that wrote; when it raises or returns False, it is
            told again with the next entry. None ends it
        """
        if watcher is None:
            call(library.shop_audit_watch, self._handle, every, None, None, None)
            return
        number = next(_numbers)
        _watchers[number] = watcher
        call(library.shop_audit_watch, self._handle, every, cast(_TELL, c_void_p),
             cast(_FORGET, c_void_p), number)
