-- A report that nobody should run on a primary: multiplies the items, hashes and sorts them past work_mem. About a second
-- on the demo's data. The caller puts the real table in place of order_items; needs SELECT on it.
SELECT count(DISTINCT md5(i.sku || i.order_id || n)) AS fingerprints, sum(i.quantity) AS quantity
  FROM (SELECT * FROM order_items LIMIT 2000) AS i
 CROSS JOIN generate_series(1, 200) AS n
