"""The same few lines as quickstart.c, .cpp and .mjs: stock a shirt, sell two, look at the books."""

import libshop
from libshop import Money, PaymentInput, Tender, VariantInput

with libshop.open(":memory:", currency="GBP") as shop:
    host = shop.host()
    shirt = host.catalog.create_product(
        "Oxford shirt", simple=VariantInput(price=Money("24.50", "GBP"), sku="OX-1"))
    variant = shirt.variants[0]
    host.inventory.receive(variant.id, 10)

    cart = host.cart.create()
    host.cart.add(variant.id, 2, cart_id=cart.id)
    order = host.cart.checkout("till-1-0001", cart_id=cart.id,
                               payments=[PaymentInput(tender=Tender.CASH)])
    print(f"{order.number}: {order.units} for {order.total}, {order.payment_status.name.lower()}")

    level = host.inventory.level(variant.id)
    print(f"left in stock: {level.on_hand}")
    try:
        host.cart.add(variant.id, 1000)
        host.cart.checkout("till-1-0002")
    except libshop.Error as error:
        print(f"refused: {error.code}")
    assert not shop.verify().problems
