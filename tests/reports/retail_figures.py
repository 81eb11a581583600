#!/usr/bin/python3
"""The figures of online_retail_30k.csv, computed from the file alone, to compare reports with.

    retail_figures.py <csv> <skipped rows> > figures.txt

The second argument is a file of row numbers (the header being row 1), one a line, that the replay
did not sell or take back; it says why elsewhere. One figure a line, ascending.
"""

import csv
import datetime
import sys
from collections import Counter, defaultdict
from decimal import Decimal


def minor(price):
    return int((Decimal(price) * 100).to_integral_value())


def rows_of(path, skipped):
    with open(path, newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if number not in skipped:
                yield row


def figures(rows):
    money = Counter()  # by country and month, net of what came back
    units = Counter()  # by article, sold
    revenue = Counter()  # by article, sold
    returned = {"units": 0, "minor": 0}
    customers = set()
    invoices = {}  # their moment
    for row in rows:
        quantity = int(row["Quantity"])
        amount = quantity * minor(row["UnitPrice"])
        at = datetime.datetime.fromisoformat(row["InvoiceDate"])
        code = row["StockCode"].upper()
        money[(row["Country"], at.strftime("%Y-%m"))] += amount
        if row["InvoiceNo"].startswith("C"):
            returned["units"] -= quantity
            returned["minor"] -= amount
            continue
        units[code] += quantity
        revenue[code] += amount
        invoices[row["InvoiceNo"]] = min(at, invoices.get(row["InvoiceNo"], at))
        if row["CustomerID"]:
            customers.add(row["CustomerID"])
    return money, units, revenue, returned, customers, invoices


def ranks(counter, count=20):
    """The places of the first `count`, each as its value and everyone who has it: the order of
    equals is nobody's figure."""
    by_value = defaultdict(list)
    for code, value in counter.items():
        by_value[value].append(code)
    place = 0
    for value in sorted(by_value, reverse=True):
        if place >= count:
            return
        yield place + 1, value, sorted(by_value[value])
        place += len(by_value[value])


def lines(path, skipped_path):
    with open(skipped_path, encoding="utf-8") as file:
        skipped = {int(line) for line in file if line.strip()}
    money, units, revenue, returned, customers, invoices = figures(rows_of(path, skipped))
    for (country, month), amount in money.items():
        yield f"money {country} {month} {amount}"
    for name, counter in (("units", units), ("revenue", revenue)):
        for place, value, codes in ranks(counter):
            yield f"top {name} {place:02} {value} {' '.join(codes)}"
    yield f"returned units {returned['units']}"
    yield f"returned minor {returned['minor']}"
    yield f"customers {len(customers)}"
    hours = Counter((at.isoweekday(), at.hour) for at in invoices.values())
    for (weekday, hour), count in hours.items():
        yield f"orders weekday {weekday} hour {hour:02} {count}"


if __name__ == "__main__":
    print("\n".join(sorted(lines(sys.argv[1], sys.argv[2]))))
