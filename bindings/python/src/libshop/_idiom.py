"""Words that people would use, over the generated modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Sequence

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
