"""The same as measure.c, in Python."""

import sys
from time import perf_counter_ns

import libshop
from libshop import ProductOrder

shop = libshop.open(sys.argv[1])
host = shop.host()
calls = int(sys.argv[2])
start = perf_counter_ns()
for _ in range(calls):
    host.catalog.product_by_slug("shirt-500")
product_ns = (perf_counter_ns() - start) / calls
start = perf_counter_ns()
for _ in range(calls // 10):
    assert len(host.catalog.products(ProductOrder.NEWEST).page().items) == 50
page_ns = (perf_counter_ns() - start) / (calls // 10)
print(f"{product_ns:.0f} {page_ns:.0f}")
