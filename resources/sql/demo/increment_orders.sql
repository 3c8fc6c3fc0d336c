-- Counts up order $2 of tenant $1, inserted by operation $3, and takes it to its next status.
UPDATE {schema}.orders
   SET version = version + 1,
       status = CASE status WHEN 'placed' THEN 'paid' WHEN 'paid' THEN 'shipped' ELSE 'placed' END::app.order_status
 WHERE tenant_id = $1::bigint AND id = $2::bigint AND op = $3::uuid
RETURNING version
