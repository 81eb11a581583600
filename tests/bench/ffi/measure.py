"""The same as measure.c, in Python."""

import sys
from time import perf_counter_ns

import libshop
from libshop import ProductOrder

ROUND = 50
shop = libshop.open(sys.argv[1])
catalog = shop.host().catalog
seconds = float(sys.argv[2])


def read_product():
    product = catalog.product_by_slug("shirt-500")
    return product.title, product.price


def read_page():
    assert len(catalog.products(ProductOrder.NEWEST).page().items) == 50


def touch_page():
    return [(row.title, row.price) for row in catalog.products(ProductOrder.NEWEST).page()]


def best(work):
    least = float("inf")
    until = perf_counter_ns() + seconds * 1e9
    while perf_counter_ns() < until:
        start = perf_counter_ns()
        for _ in range(ROUND):
            work()
        least = min(least, (perf_counter_ns() - start) / ROUND)
    return least


print(f"{best(read_product):.0f} {best(read_page):.0f} {best(touch_page):.0f}")
