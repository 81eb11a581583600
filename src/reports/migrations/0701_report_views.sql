-- The views that other programs may read from the file: docs/sql_views.md. Their names and columns
-- only ever grow. Each adds what is not folded into the sums yet, so that it is exact at any time.

-- The days on which anything was sold or came back. date_key is 20261122; weekday 1 is Monday.
CREATE VIEW report_calendar AS
SELECT day, year * 10000 + month * 100 + day_of_month AS date_key, year, month, day_of_month,
  ((day + 3) % 7 + 7) % 7 + 1 AS weekday
FROM (SELECT day, CASE WHEN mp < 10 THEN mp + 3 ELSE mp - 9 END AS month,
    year_of_march + CASE WHEN mp < 10 THEN 0 ELSE 1 END AS year,
    doy - (153 * mp + 2) / 5 + 1 AS day_of_month
  FROM (SELECT day, doy, (5 * doy + 2) / 153 AS mp, year_of_march
    FROM (SELECT day, yoe + era * 400 AS year_of_march,
        doe - (365 * yoe + yoe / 4 - yoe / 100) AS doy
      FROM (SELECT day, era, doe, (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365 AS yoe
        FROM (SELECT day, (day + 719468) / 146097 AS era,
            (day + 719468) - (day + 719468) / 146097 * 146097 AS doe
          FROM (SELECT day FROM sales_day WHERE scope = 0
            UNION SELECT day FROM sales_order_unfolded) a) b) c) d) e) f;

-- seller_id 0 is the whole shop.
CREATE VIEW report_sales_day AS
SELECT seller_id, day, sum(orders) AS orders, sum(units) AS units,
  sum(revenue) AS revenue_minor, sum(discount) AS discount_minor, sum(tax) AS tax_minor,
  sum(shipping) AS shipping_minor, sum(returns) AS returns,
  sum(returned_units) AS returned_units, sum(returned) AS returned_minor
FROM (SELECT scope AS seller_id, day, orders, units, revenue, discount, tax, shipping, returns,
    returned_units, returned FROM sales_day
  UNION ALL SELECT scope, day, orders, units, revenue, discount, tax, shipping, returns,
    returned_units, returned FROM sales_order_unfolded) s
GROUP BY seller_id, day;

CREATE VIEW report_product_day AS
SELECT day, product_id, variant_id, seller_id, sum(orders) AS orders, sum(units) AS units,
  sum(revenue) AS revenue_minor, sum(returned_units) AS returned_units,
  sum(returned) AS returned_minor
FROM (SELECT period AS day, product_id, variant_id, seller_id, orders, units, revenue,
    returned_units, returned FROM sales_product WHERE grain = 1
  UNION ALL SELECT day, product_id, variant_id, seller_id, orders, units, revenue,
    returned_units, returned FROM sales_line_unfolded) s
GROUP BY day, product_id, variant_id, seller_id;

CREATE VIEW report_category_day AS
SELECT day, category_id, sum(orders) AS orders, sum(units) AS units,
  sum(revenue) AS revenue_minor, sum(returned_units) AS returned_units,
  sum(returned) AS returned_minor
FROM (SELECT day, category_id, orders, units, revenue, returned_units, returned
    FROM sales_category
  UNION ALL SELECT day, category_id, category_orders, units, revenue, returned_units, returned
    FROM sales_line_unfolded) s
GROUP BY day, category_id;

CREATE VIEW report_region_day AS
SELECT seller_id, day, country, region, sum(orders) AS orders, sum(units) AS units,
  sum(revenue) AS revenue_minor, sum(returned_units) AS returned_units,
  sum(returned) AS returned_minor
FROM (SELECT scope AS seller_id, day, country, region, orders, units, revenue, returned_units,
    returned FROM sales_region
  UNION ALL SELECT scope, day, country, region, orders, units, revenue, returned_units, returned
    FROM sales_order_unfolded) s
GROUP BY seller_id, day, country, region;

CREATE VIEW report_hour AS
SELECT seller_id, day, ((day + 3) % 7 + 7) % 7 + 1 AS weekday, hour, sum(orders) AS orders,
  sum(units) AS units, sum(revenue) AS revenue_minor
FROM (SELECT scope AS seller_id, day, hour, orders, units, revenue FROM sales_hour
  UNION ALL SELECT scope, day, hour, orders, units, revenue FROM sales_order_unfolded
    WHERE returns = 0) s
GROUP BY seller_id, day, hour;

CREATE VIEW report_customer AS
SELECT seller_id, customer_id, max(last_at) AS last_order_at, sum(orders) AS orders,
  sum(revenue) AS revenue_minor, sum(returned) AS returned_minor
FROM (SELECT scope AS seller_id, customer_id, last_at, orders, revenue, returned
    FROM sales_customer
  UNION ALL SELECT scope, customer_id, CASE WHEN returns = 0 THEN at ELSE 0 END, orders, revenue,
    returned FROM sales_order_unfolded WHERE customer_id <> 0) s
GROUP BY seller_id, customer_id;

CREATE VIEW report_stock AS
SELECT variant_id, location_id, on_hand, reserved AS held, on_hand - reserved AS available
FROM stock;

CREATE VIEW report_product AS
SELECT id AS product_id, slug, title, seller_id, category_id, status, price_minor, rating_milli,
  rating_count
FROM product;

CREATE VIEW report_category AS
SELECT id AS category_id, parent_id, name, slug FROM category;
