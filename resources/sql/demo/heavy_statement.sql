-- A report that nobody should run on a primary: multiplies the items, hashes and sorts them past work_mem. Always the
-- same amount of work, about a second, however few items there are. The caller puts the real table in place of
-- order_items; needs SELECT on it.
WITH some_items AS MATERIALIZED (SELECT sku, order_id, quantity FROM order_items LIMIT 2000)
SELECT count(DISTINCT md5(coalesce(i.sku || i.order_id, '') || n)) AS fingerprints, sum(i.quantity) AS quantity
  FROM (VALUES (1)) AS one
  LEFT JOIN some_items AS i ON true
 CROSS JOIN generate_series(1, 400000 / greatest(1, (SELECT count(*) FROM some_items))) AS n
