#!/usr/bin/env python3
"""Plots a shop's net sales by month as an SVG, from the file's SQL views (docs/sql_views.md).

    plot_report.py shop.db > sales.svg

Needs nothing but Python: the file is only read, and the bars are written by hand.
"""

import sqlite3
import sys
from html import escape

WIDTH, HEIGHT, MARGIN = 800, 400, 60

NET_BY_MONTH = """
SELECT c.year, c.month, sum(s.revenue_minor - s.returned_minor)
FROM report_sales_day s JOIN report_calendar c ON c.day = s.day
WHERE s.seller_id = 0 GROUP BY c.year, c.month ORDER BY c.year, c.month
"""


def net_by_month(path):
    shop = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return [(f"{year}-{month:02}", minor / 100) for year, month, minor in
                shop.execute(NET_BY_MONTH)]
    finally:
        shop.close()


def svg(bars):
    """A bar for each (label, value); negative months hang below the line."""
    top = max([value for _, value in bars] + [0])
    bottom = min([value for _, value in bars] + [0])
    scale = (HEIGHT - 2 * MARGIN) / ((top - bottom) or 1)
    zero = MARGIN + top * scale
    step = (WIDTH - 2 * MARGIN) / max(len(bars), 1)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
           'font-family="sans-serif" font-size="11">',
           f'<text x="{MARGIN}" y="{MARGIN / 2}" font-size="16">Net sales by month</text>']
    for i, (label, value) in enumerate(bars):
        x = MARGIN + i * step
        y = zero - max(value, 0) * scale
        out += [f'<rect x="{x + step * 0.1:.1f}" y="{y:.1f}" width="{step * 0.8:.1f}" '
                f'height="{abs(value) * scale:.1f}" fill="#3b6ea5"/>',
                f'<text x="{x + step / 2:.1f}" y="{y - 4:.1f}" text-anchor="middle">'
                f'{value:,.0f}</text>',
                f'<text x="{x + step / 2:.1f}" y="{HEIGHT - MARGIN / 2}" text-anchor="middle">'
                f'{escape(label)}</text>']
    out += [f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{zero:.1f}" y2="{zero:.1f}" '
            'stroke="black"/>', "</svg>"]
    return "\n".join(out)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(svg(net_by_month(sys.argv[1])))
