"""A catalog with stock, carts and orders, indexed for what django_side.py asks."""

from django.db import models
from django.db.models import CASCADE, PROTECT, Q


class Category(models.Model):
    slug = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)
    product_count = models.IntegerField(default=0)  # kept, so that nobody counts


class Tag(models.Model):
    name = models.CharField(max_length=50, unique=True)


class Product(models.Model):
    slug = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=300)
    description = models.TextField()
    brand = models.CharField(max_length=100)
    category = models.ForeignKey(Category, PROTECT, db_index=False)
    tags = models.ManyToManyField(Tag)
    # What a card shows is kept in the product, so that a page is one query.
    price = models.BigIntegerField()  # the lowest of its variants, pence
    price_max = models.BigIntegerField()
    image = models.CharField(max_length=200)
    in_stock = models.BooleanField(default=True)
    rating = models.IntegerField(default=0)
    rating_count = models.IntegerField(default=0)
    sold = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["category", "price"], name="product_by_price")]


class Image(models.Model):
    product = models.ForeignKey(Product, CASCADE, related_name="images")
    url = models.CharField(max_length=200)


class Variant(models.Model):
    product = models.ForeignKey(Product, CASCADE, related_name="variants")
    sku = models.CharField(max_length=60, unique=True)
    price = models.BigIntegerField()


class Stock(models.Model):
    variant = models.OneToOneField(Variant, CASCADE, primary_key=True)
    on_hand = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(check=Q(on_hand__gte=0), name="never_below_zero")]


class Customer(models.Model):
    name = models.CharField(max_length=100)


class CartItem(models.Model):
    customer = models.ForeignKey(Customer, CASCADE, db_index=False)
    variant = models.ForeignKey(Variant, CASCADE, db_index=False)
    quantity = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "variant"], name="one_line")]


class Order(models.Model):
    number = models.CharField(max_length=30, unique=True)
    customer = models.ForeignKey(Customer, PROTECT, db_index=False)
    status = models.CharField(max_length=20)
    total = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "created_at"], name="order_by_customer")]


class OrderLine(models.Model):
    order = models.ForeignKey(Order, CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, PROTECT)
    title = models.CharField(max_length=300)
    quantity = models.IntegerField()
    price = models.BigIntegerField()
