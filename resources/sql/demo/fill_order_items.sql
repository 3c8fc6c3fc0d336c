-- One to four items for each order of the tenants $1 (ids), $2 orders of each. $3: seed.
-- Same search_path as demo/tables, after demo/fill_orders.
INSERT INTO order_items (tenant_id, order_id, line, sku, quantity, unit_price_cents)
SELECT t.tenant, n, line,
       format('SKU-%s', to_char(1 + ((h.a >> (8 * line)) & 255) % 200, 'FM0000')),
       1 + ((h.a >> (5 * line)) & 7),
       199 + ((h.a >> (4 * line)) & 65535)
  FROM unnest($1::bigint[], $2::integer[]) AS t(tenant, orders)
 CROSS JOIN LATERAL generate_series(1, t.orders) AS n
 CROSS JOIN LATERAL (SELECT hashint8extended(n, hashint8extended(t.tenant, $3::bigint + 3)) & 9223372036854775807) AS h(a)
 CROSS JOIN LATERAL generate_series(1, 1 + (h.a & 3)::integer) AS line
