"""Fixtures for tests of programs that use libshop.

    def test_a_sale(shop, clock): ...

``shop`` is a fresh shop in memory with a held clock. ``seeded_shop`` is a copy of the shop that the
fixture ``seed_shop`` fills once: override that in your conftest. ``clock`` is the clock of
``shop``.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Callable, Iterator

import pytest

from . import Clock, Session, Shop, open as open_shop

START = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)


def _fresh() -> Shop:
    return open_shop(":memory:", manual_clock=START, random_seed=1)


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A fresh shop in memory; its clock stands at noon of 2026-01-01 UTC until it is moved."""
    with _fresh() as made:
        yield made


@pytest.fixture
def host(shop: Shop) -> Iterator[Session]:
    """The trusted host of ``shop``."""
    with shop.host() as session:
        yield session


@pytest.fixture
def clock(shop: Shop) -> Clock:
    """The clock of ``shop``, to be moved."""
    return shop.clock


@pytest.fixture(scope="session")
def seed_shop() -> Callable[[Shop], Any]:
    """Fills the shop that every ``seeded_shop`` copies. Override it; this one does nothing."""
    return lambda shop: None


@pytest.fixture(scope="session")
def _seeded_original(seed_shop: Callable[[Shop], Any]) -> Iterator[Shop]:
    with _fresh() as made:
        seed_shop(made)
        yield made


@pytest.fixture
def seeded_shop(_seeded_original: Shop) -> Iterator[Shop]:
    """A copy of the shop that ``seed_shop`` filled, in well under a millisecond per test."""
    with _seeded_original.fork() as copy:
        yield copy
