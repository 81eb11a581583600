"""Handles, values and errors as Python sees them."""

import copy
import dataclasses
import gc
import os
import pickle
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

import libshop
from libshop import Money


def test_a_result_is_a_frozen_dataclass(host):
    made = host.catalog.create_category("Crème Brûlée")
    assert made.slug == "creme-brulee"
    assert made.parent_id is None
    assert made == host.catalog.category("creme-brulee")
    with pytest.raises(AttributeError):
        made.slug = "other"
    child = host.catalog.create_category("Small", parent_id=made.id)
    assert host.catalog.categories(made.id) == [child]


def test_errors_have_class_code_and_details(host):
    with pytest.raises(libshop.NotFoundError) as caught:
        host.catalog.category("nothing")
    assert caught.value.code == "not_found"
    assert caught.value.status == 201
    with pytest.raises(libshop.ValidationError) as caught:
        host.catalog.create_category("")
    (detail,) = caught.value.details
    assert (detail.path, detail.code) == ("name", "required")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is libshop.ValidationError and copy.details == caught.value.details


def test_closing(shop):
    host = shop.host()
    host.close()
    host.close()
    with pytest.raises(libshop.BadHandleError):
        host.catalog.categories()
    other = shop.host()
    shop.close()
    assert shop.closed
    with pytest.raises(libshop.ClosedError):
        other.catalog.categories()


def test_handles_are_collected_in_any_order():
    for _ in range(100):
        shop = libshop.open(":memory:")
        sessions = [shop.host() for _ in range(10)]
        modules = [session.catalog for session in sessions]
        del shop, sessions
        gc.collect()
        modules[0].categories()


def test_wrong_types_are_refused_in_python(host):
    for bad in (3, None, b"bytes", ["list"], object()):
        with pytest.raises((TypeError, libshop.Error)):
            host.catalog.create_category(bad)
    with pytest.raises(UnicodeEncodeError):
        host.catalog.create_category("half a pair: \ud800")
    with pytest.raises(ValueError):
        host.catalog.category("a\0b")
    for bad in (2**63, -(2**63) - 1, 2**200):
        with pytest.raises(libshop.OutOfRangeError):
            host.catalog.categories(bad)
    with pytest.raises(TypeError):
        host.catalog.categories(1.5)


def test_the_clock(shop, clock):
    start = clock.now
    assert start.tzinfo is not None
    clock.advance(hours=2)
    clock.advance(timedelta(seconds=1))
    assert clock.now - start == timedelta(hours=2, seconds=1)
    with shop.fork() as copy:
        clock.set(datetime(2027, 1, 1, tzinfo=timezone.utc))
        assert copy.clock.now - start == timedelta(hours=2, seconds=1)
    with pytest.raises(TypeError):
        clock.set(datetime(2027, 1, 1))
    with libshop.open(":memory:") as running, pytest.raises(libshop.ConflictError):
        running.clock.advance(hours=1)


def test_money():
    price = Money("19.99", "GBP")
    assert price.minor == 1999 and price.amount == Decimal("19.99")
    assert price + price == Money("39.98", "GBP") == price * 2
    assert str(Money("1234.5", "EUR")) == "1,234.50 EUR"
    assert Money(500, "JPY").minor == 500
    assert Money("0.001", "KWD").minor == 1
    assert Money.from_minor(-5, "GBP") < Money(0, "GBP")
    assert pickle.loads(pickle.dumps(price)) == price
    with pytest.raises(ValueError):
        Money("0.001", "GBP")
    with pytest.raises(ValueError):
        price + Money(1, "EUR")
    with pytest.raises(ValueError):
        Money(1, "NON")
    with pytest.raises(TypeError):
        Money(19.99, "GBP")


def test_a_shop_in_a_file(tmp_path):
    path = tmp_path / "shop.db"
    with libshop.open(path, currency="GBP") as shop:
        shop.host().catalog.create_category("Shirts")
        shop.backup(str(tmp_path / "copy.db"))
        image = shop.serialize()
    with libshop.open(tmp_path / "copy.db", must_exist=True) as copy:
        assert copy.currency() == "GBP"
        assert [c.slug for c in copy.host().catalog.categories()] == ["shirts"]
        assert copy.verify().problems == []
    with libshop.open_image(image) as copy:
        assert len(copy.host().catalog.categories()) == 1
    with pytest.raises(libshop.NotAShopError):
        libshop.open_image(b"no shop at all")
    (tmp_path / "text.db").write_text("hello")
    with pytest.raises(libshop.NotAShopError):
        libshop.open(tmp_path / "text.db")


def test_a_sealed_backup(tmp_path):
    key = bytes(range(32))
    with libshop.open(tmp_path / "shop.db", host_key=key) as shop:
        shop.host().catalog.create_category("Shirts")
        shop.backup_sealed(str(tmp_path / "sealed"))
    with pytest.raises(libshop.WrongHostKeyError):
        libshop.restore(tmp_path / "sealed", tmp_path / "copy.db", host_key=bytes(32))
    with libshop.restore(tmp_path / "sealed", tmp_path / "copy.db", host_key=key) as copy:
        assert [c.slug for c in copy.host().catalog.categories()] == ["shirts"]
    sealed = bytearray((tmp_path / "sealed").read_bytes())
    sealed[-1] ^= 1
    (tmp_path / "sealed").write_bytes(sealed)
    with pytest.raises(libshop.TamperedError):
        libshop.restore(tmp_path / "sealed", tmp_path / "other.db", host_key=key)
    assert not (tmp_path / "other.db").exists()


def test_the_end_of_the_audit_chain_is_told():
    told = []

    def keep(seq, hash):
        told.append((seq, hash))
        if seq == 2:
            raise RuntimeError("the network is away")

    with libshop.open(":memory:") as shop:
        host = shop.host()
        host.audit.watch(1, keep)
        for name in ("One", "Two", "Three"):
            host.catalog.create_category(name)
        assert [seq for seq, _ in told] == [1, 2, 3]
        assert host.audit.verify(libshop.AuditAnchor(*told[-1])).ok
        host.audit.watch(1, None)
        host.catalog.create_category("Four")
        assert len(told) == 3
        with pytest.raises(libshop.ValidationError):
            host.audit.watch(0, keep)


def test_the_same_calls_give_the_same_bytes():
    def run():
        with libshop.open(":memory:", manual_clock=datetime(2026, 1, 1, tzinfo=timezone.utc),
                          random_seed=3) as shop:
            shop.host().catalog.create_category("One")
            return shop.serialize()
    assert run() == run()


def test_many_threads(shop):
    host = shop.host()
    broken = []

    def work(n):
        try:
            for i in range(20):
                host.catalog.create_category(f"Category {n} {i}")
                host.catalog.categories()
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken
    assert len(host.catalog.categories()) == 160


def test_the_gil_is_released(shop):
    """Python goes on while a call runs."""
    host = shop.host()
    for i in range(300):
        host.catalog.create_category(f"c{i}")
    stop = threading.Event()
    counted = [0]

    def count():
        while not stop.is_set():
            counted[0] += 1

    thread = threading.Thread(target=count)
    thread.start()
    before = counted[0]
    for _ in range(20):
        shop.verify()
        shop.serialize()
    after = counted[0]
    stop.set()
    thread.join()
    assert after > before


def test_after_fork(shop):
    host = shop.host()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            host.catalog.categories()
        except libshop.ForkedError:
            with libshop.open(":memory:") as own:
                own.host().catalog.create_category("Mine")
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert host.catalog.categories() == []


def test_interpreter_exit_with_everything_open():
    script = ("import libshop, threading, time\n"
              "shop = libshop.open(':memory:'); host = shop.host()\n"
              "def work():\n"
              "    while True: host.catalog.categories()\n"
              "threading.Thread(target=work, daemon=True).start(); time.sleep(0.05)\n")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          timeout=60, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert (done.returncode, done.stderr) == (0, "")


def test_seeded_shops_are_copies(seeded_shop):
    seeded_shop.host().catalog.create_category("Only here")
    assert len(seeded_shop.host().catalog.categories()) == 1


def test_seeded_shops_are_copies_again(seeded_shop):
    assert seeded_shop.host().catalog.categories() == []


def test_every_module_function_has_a_docstring():
    from libshop import _api
    for value in vars(_api).values():
        if isinstance(value, type) and value.__module__ == _api.__name__:
            assert value.__doc__
            for name, member in vars(value).items():
                if not name.startswith("_") and callable(member):
                    assert member.__doc__, f"{value.__name__}.{name}"


def test_members_are_decoded_when_touched_and_stay(host):
    made = host.catalog.create_category("Crème Brûlée")
    assert set(vars(made)) == {"_"}
    assert made.slug is made.slug
    assert set(vars(made)) == {"_", "slug"}
    for other in (copy.copy(made), pickle.loads(pickle.dumps(made)), dataclasses.replace(made)):
        assert other == made and "_" not in vars(other)
    assert dataclasses.asdict(made)["name"] == "Crème Brûlée"
    with pytest.raises(AttributeError):
        made.nothing
    with pytest.raises(AttributeError):
        libshop.Category.slug


def test_a_host_key_seals_a_shop(tmp_path):
    key, path = bytes(range(32)), tmp_path / "shop.db"
    with libshop.open(path, host_key=key,
                      password_preset=libshop.PasswordPreset.FOR_TESTS) as shop:
        assert shop.stats().host_keyed
    with pytest.raises(libshop.WrongHostKeyError):
        libshop.open(path, host_key=bytes(32))
    with pytest.raises(libshop.Error):
        libshop.open(path)
    libshop.open(path, host_key=key).close()


def test_a_cart_takes_a_variant_by_its_sku(shop, host):
    host.catalog.create_product("Shirt", simple=libshop.VariantInput(
        price=Money("24.50", shop.currency()), sku="mens-shirt-m"))
    variant = host.catalog.product_by_sku("mens-shirt-m").variants[0]
    host.inventory.receive(variant.id, 5)
    cart = host.cart.create()
    line = host.cart.add("mens-shirt-m", 2, cart_id=cart.id)
    assert line.variant_id == variant.id
    assert line.quantity == 2
    with pytest.raises(libshop.NotFoundError):
        host.cart.add("mens-shirt-xxl", 1, cart_id=cart.id)
    with pytest.raises(TypeError):
        host.cart.add(None, 1, cart_id=cart.id)


def test_an_empty_list_of_a_change_clears_what_is_there(host):
    made = host.catalog.create_product(
        "Shirt", simple=libshop.VariantInput(price=Money("10", "EUR")), tags=["linen"],
        attributes=[libshop.ProductAttributeInput(name="Color", value="red")])
    kept = host.catalog.update_product(made.id, made.version, title="Blouse")
    assert [each.name for each in kept.attributes] == ["Color"]
    bare = host.catalog.update_product(made.id, kept.version, attributes=[], tags=[])
    assert bare.attributes == []
    assert bare.tags == []
