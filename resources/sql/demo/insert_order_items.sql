-- $4 items of order $3 of tenant $1, made by operation $2; $5: a number to vary the values by.
INSERT INTO {schema}.order_items (tenant_id, order_id, line, sku, quantity, unit_price_cents, op)
SELECT $1::bigint, $3::bigint, line, format('SKU-%s', to_char(1 + ($5::bigint + line) % 200, 'FM0000')),
       1 + ($5::bigint + line) % 9, 100 + ($5::bigint * line) % 10000, $2::uuid
  FROM generate_series(1, $4::integer) AS line
