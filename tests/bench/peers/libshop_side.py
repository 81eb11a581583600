"""libshop through its Python package.

    libshop_side.py FOLDER FILE make     the shop of FOLDER's catalog, and what libshop_side.c reads
    libshop_side.py FOLDER FILE SYNC     a side (sides.py)
"""

import sys
from pathlib import Path

import libshop
from libshop import (CartItemInput, Durability, Money, PasswordPreset, PaymentInput, ProductOrder,
                     ReceiveInput, ShippingBandInput, Tender)
from sides import BUYERS, STOCK, Questions, Work, serve

ADDRESS = {"name": "A Buyer", "line1": "1 High Street", "city": "London", "postal_code": "N1 1AA",
           "country": "GB"}


def make(folder, path):
    shop = libshop.open(path, currency="GBP", durability=Durability.NORMAL,
                        password_preset=PasswordPreset.FOR_TESTS)
    host = shop.host()
    host.transfer.import_products(f"{folder}/catalog.csv")
    slugs = [line.split(",", 1)[0]
             for line in (Path(folder) / "catalog.csv").read_text().splitlines()[1:]]
    variants = [host.catalog.product_by_slug(slug).variants[0].id for slug in slugs]
    for first in range(0, len(variants), 1000):
        host.inventory.restock([ReceiveInput(variant_id=each, quantity=STOCK)
                                for each in variants[first:first + 1000]])
    shipping = host.pricing.put_shipping_method(
        "Post", active=True, bands=[ShippingBandInput(price=Money("5.00", "GBP"))])
    buyers = [host.accounts.create_user(f"buyer{i}").id for i in range(BUYERS)]
    with open(f"{folder}/libshop.txt", "w", encoding="ascii") as out:
        print(shipping.id, *buyers, file=out)
        for basket in Questions.read(folder).baskets:
            print(*(f"{variants[number]} {quantity}" for number, quantity in basket), file=out)
    shop.checkpoint()
    shop.close()


class Side:
    def __init__(self, folder, path, sync):
        self.sync = sync
        self.questions = Questions.read(folder)
        shop = libshop.open(path, durability=Durability[sync],
                            password_preset=PasswordPreset.FOR_TESTS)
        self.guest = shop.guest()
        people, *baskets = (Path(folder) / "libshop.txt").read_text().splitlines()
        self.shipping, *buyers = (int(each) for each in people.split())
        self.buyers = [shop.host().accounts.log_in_as(each)[0] for each in buyers]
        numbers = [[int(each) for each in line.split()] for line in baskets]
        self.baskets = [list(zip(line[::2], line[1::2])) for line in numbers]

    def buyer(self, turn):
        return self.buyers[turn % BUYERS]

    def basket(self, turn):
        return self.baskets[turn % len(self.baskets)]

    def items(self, turn):
        return [CartItemInput(variant_id=each, quantity=quantity)
                for each, quantity in self.basket(turn)]

    def slug(self, turn):
        slugs = self.questions.slugs
        return self.guest.catalog.product_by_slug(slugs[turn % len(slugs)])

    def page(self, turn):
        categories = self.questions.categories
        rows = self.guest.catalog.products(ProductOrder.PRICE_UP,
                                           category=categories[turn % len(categories)], limit=20)
        page = rows.page(with_total=True)
        assert len(page.items) == 20 and page.total >= 20

    def empty_carts(self, first, _count):
        for i, buyer in enumerate(self.buyers):
            buyer.cart.add(*self.basket(first + i)[0])
            buyer.cart.clear()

    def fill_carts(self, first, count):
        self.empty_carts(first, count)
        for turn in range(first, first + count):
            self.buyer(turn).cart.add_all(self.items(turn))

    def add(self, turn):
        self.buyer(turn).cart.add(*self.basket(turn)[0])

    def place(self, turn, name):
        order = self.buyer(turn).orders.place(f"{self.sync}-{name}-{turn}",
                                              payments=[PaymentInput(tender=Tender.CARD)])
        assert len(order.lines) == 3 and order.paid == order.total

    def order(self, turn):
        self.place(turn, "order")

    def purchase(self, turn):
        cart = self.buyer(turn).cart
        cart.add_all(self.items(turn))
        cart.deliver_to(**ADDRESS)
        cart.set_shipping(method_id=self.shipping)
        self.place(turn, "purchase")


def main():
    folder, path, what = sys.argv[1:]
    if what == "make":
        make(folder, path)
        return
    side = Side(folder, path, what)
    serve(f"libshop's Python package, Python {sys.version.split()[0]}", {
        "slug": Work(side.slug),
        "slug_bare": Work(side.slug),
        "page": Work(side.page),
        "add": Work(side.add, prepare=side.empty_carts),
        "order": Work(side.order, BUYERS, side.fill_carts),
        "purchase": Work(side.purchase, BUYERS, side.empty_carts)})


main()
