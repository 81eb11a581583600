"""Django's ORM on SQLite: the shop that somebody who knows Django would write.

    django_side.py FOLDER FILE make     FOLDER's catalog
    django_side.py FOLDER FILE SYNC     a side (sides.py)
"""

import csv
import secrets
import sqlite3
import sys

import django
from django.conf import settings
from sides import BUYERS, STOCK, Questions, Work, serve

FOLDER, FILE, WHAT = sys.argv[1:]
settings.configure(
    INSTALLED_APPS=["django_shop"], DEBUG=False, USE_TZ=True, USE_I18N=False,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FILE}})
django.setup()

# After the settings, as these need them.
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import F, Prefetch
from django_shop.models import (CartItem, Category, Customer, Image, Order, OrderLine, Product,
                                Stock, Tag, Variant)


def tune(connection, **_):
    # The durability that is asked for; cache and checkpoints as libshop's writer has them.
    sync = "OFF" if WHAT == "make" else WHAT
    for pragma in ("journal_mode = WAL", f"synchronous = {sync}", "cache_size = -16384",
                   "wal_autocheckpoint = 4000"):
        connection.cursor().execute(f"PRAGMA {pragma}")


connection_created.connect(tune)


def make():
    call_command("migrate", run_syncdb=True, verbosity=0)
    with open(f"{FOLDER}/catalog.csv", encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["category"] for row in rows]
    categories = {name: Category(id=i, slug=name.lower().replace(" ", "-"), name=name,
                                 product_count=names.count(name))
                  for i, name in enumerate(dict.fromkeys(names), 1)}
    tags = {name: Tag(id=i, name=name) for i, name in enumerate(
        dict.fromkeys(tag for row in rows for tag in row["tags"].split(",")), 1)}
    made = {model: [] for model in (Product, Product.tags.through, Image, Variant, Stock)}
    for i, row in enumerate(rows, 1):
        pence = round(float(row["price"]) * 100)
        made[Product].append(Product(
            id=i, slug=row["slug"], title=row["title"], brand=row["brand"], price=pence,
            price_max=pence, description=row["description"], image=row["image"],
            category=categories[row["category"]]))
        made[Product.tags.through] += [Product.tags.through(product_id=i, tag_id=tags[tag].id)
                                       for tag in row["tags"].split(",")]
        made[Image].append(Image(product_id=i, url=row["image"]))
        made[Variant].append(Variant(id=i, product_id=i, sku=row["sku"], price=pence))
        made[Stock].append(Stock(variant_id=i, on_hand=STOCK))
    with transaction.atomic():
        Category.objects.bulk_create(categories.values())
        Tag.objects.bulk_create(tags.values())
        for model, objects in made.items():
            model.objects.bulk_create(objects)
        Customer.objects.bulk_create(Customer(id=i + 1, name=f"buyer{i}") for i in range(BUYERS))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


QUESTIONS = None if WHAT == "make" else Questions.read(FOLDER)


def basket(turn):
    return QUESTIONS.baskets[turn % len(QUESTIONS.baskets)]


def slug(turn):
    """What libshop gives of these products: four queries."""
    product = Product.objects.select_related("category").prefetch_related(
        "tags", "images", Prefetch("variants", Variant.objects.select_related("stock"))
    ).get(slug=QUESTIONS.slugs[turn % len(QUESTIONS.slugs)])
    assert len(product.tags.all()) == 2 and product.images.all()[0].url
    assert product.variants.all()[0].stock.on_hand


def slug_bare(turn):
    """The product's own row alone."""
    assert Product.objects.get(slug=QUESTIONS.slugs[turn % len(QUESTIONS.slugs)]).title


def page(turn):
    """The cards of the first page, and with them the category's kept count: one query."""
    wanted = QUESTIONS.categories[turn % len(QUESTIONS.categories)]
    rows = list(Product.objects.filter(category__slug=wanted).order_by("price", "id").values(
        "id", "slug", "title", "price", "price_max", "image", "in_stock", "rating",
        "rating_count", "sold", "category__product_count")[:20])
    assert len(rows) == 20 and rows[0]["category__product_count"] >= 20


def fill_carts(first, count):
    with transaction.atomic():
        CartItem.objects.all().delete()
        CartItem.objects.bulk_create(
            CartItem(customer_id=turn % BUYERS + 1, variant_id=number + 1, quantity=quantity)
            for turn in range(first, first + count) for number, quantity in basket(turn))


def order(turn):
    customer_id = turn % BUYERS + 1
    with transaction.atomic():
        cart = CartItem.objects.filter(customer_id=customer_id)
        items = list(cart.order_by("variant_id").values_list(
            "variant_id", "quantity", "variant__price", "variant__product__title"))
        for variant_id, quantity, _, _ in items:
            left = Stock.objects.filter(variant_id=variant_id, on_hand__gte=quantity)
            if not left.update(on_hand=F("on_hand") - quantity):
                raise ValueError("out of stock")
        placed = Order.objects.create(
            number=f"ORD-{secrets.token_hex(8)}", customer_id=customer_id, status="placed",
            total=sum(quantity * price for _, quantity, price, _ in items))
        lines = OrderLine.objects.bulk_create(
            OrderLine(order=placed, variant_id=variant_id, title=title, quantity=quantity,
                      price=price)
            for variant_id, quantity, price, title in items)
        cart.delete()
    assert len(lines) == 3


if WHAT == "make":
    make()
else:
    serve(f"Django {django.get_version()}, Python {sys.version.split()[0]}, "
          f"SQLite {sqlite3.sqlite_version}",
          {"slug": Work(slug), "slug_bare": Work(slug_bare), "page": Work(page),
           "order": Work(order, BUYERS, fill_carts)})
