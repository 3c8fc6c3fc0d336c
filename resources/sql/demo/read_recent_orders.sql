-- The latest orders of tenant $1 with their amounts, as a start page would show them.
SELECT o.id, o.number, o.status, o.placed_at, sum(i.amount_cents)
  FROM (SELECT tenant_id, id, number, status, placed_at
          FROM {schema}.orders
         WHERE tenant_id = $1::bigint AND status <> 'cancelled'
         ORDER BY placed_at DESC
         LIMIT 20) AS o
  JOIN {schema}.order_items i ON i.tenant_id = o.tenant_id AND i.order_id = o.id
 GROUP BY o.id, o.number, o.status, o.placed_at
 ORDER BY o.placed_at DESC
