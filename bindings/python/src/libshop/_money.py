"""Exact amounts."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from ._load import library


@lru_cache(maxsize=None)
def exponent(currency: str) -> int:
    """How many decimals a currency has: 2 for GBP, 0 for JPY, 3 for KWD."""
    decimals = library.shop_currency_exponent(currency.encode("ascii", "replace"))
    if decimals < 0:
        raise ValueError(f"{currency!r} is not an ISO 4217 currency")
    return int(decimals)


class Money:
    """An exact amount in a currency: ``Money("19.99", "GBP")``.

    ``minor`` is the amount in pence, cents or yen; ``amount`` the same as a ``Decimal``. Amounts of
    one currency compare, add and subtract; anything with a rate in it is the engine's work.
    """

    __slots__ = ("_minor", "_currency")
    _minor: int
    _currency: str

    def __init__(self, amount: Decimal | int | str, currency: str) -> None:
        if isinstance(amount, float):
            raise TypeError("a float is not exact; use a string or a Decimal")
        scaled = Decimal(amount).scaleb(exponent(currency))
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} is not a whole number of {currency} minor units")
        self._minor = int(scaled)
        self._currency = currency

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Money:
        """From pence, cents or yen."""
        made = cls.__new__(cls)
        made._minor = minor
        made._currency = currency
        return made

    @property
    def minor(self) -> int:
        return self._minor

    @property
    def currency(self) -> str:
        return self._currency

    @property
    def amount(self) -> Decimal:
        return Decimal(self._minor).scaleb(-exponent(self._currency))

    def _same(self, other: Money) -> int:
        if other._currency != self._currency:
            raise ValueError(f"{other._currency} is not {self._currency}")
        return other._minor

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money.from_minor(self._minor + self._same(other), self._currency)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money.from_minor(self._minor - self._same(other), self._currency)

    def __mul__(self, times: int) -> Money:
        if not isinstance(times, int):
            return NotImplemented
        return Money.from_minor(self._minor * times, self._currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money.from_minor(-self._minor, self._currency)

    def __bool__(self) -> bool:
        return self._minor != 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return (self._minor, self._currency) == (other._minor, other._currency)

    def __hash__(self) -> int:
        return hash((self._minor, self._currency))

    def __lt__(self, other: Money) -> bool:
        return self._minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self._minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self._minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self._minor >= self._same(other)

    def __reduce__(self) -> Any:
        return Money.from_minor, (self._minor, self._currency)

    def __str__(self) -> str:
        return f"{self.amount:,} {self._currency}"

    def __repr__(self) -> str:
        return f"Money({str(self.amount)!r}, {self._currency!r})"
