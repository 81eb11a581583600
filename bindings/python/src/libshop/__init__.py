"""libshop: a whole shop in one file.

    import libshop

    with libshop.open("shop.db") as shop:
        host = shop.host()
        shirts = host.catalog.create_category("Shirts")
        print(shirts.slug)
"""

from . import _exceptions, _types
from ._core import UNSET, Page, Rows, Unset
from ._errors import Detail, Error
from ._exceptions import *  # noqa: F403
from ._money import Money
from ._shop import Clock, Session, Shop, open, open_image, restore
from ._types import *  # noqa: F403

__version__ = "1.0.0"

__all__ = ["UNSET", "Clock", "Detail", "Error", "Money", "Page", "Rows", "Session", "Shop",
           "Unset", "open", "open_image", "restore", *_exceptions.__all__, *_types.__all__]
