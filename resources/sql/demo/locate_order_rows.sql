-- The tenant of an order number $1, e.g. SO-7-12 (rows layout). Goes into the demo's cluster file; needs SELECT on
-- app.orders.
SELECT tenant_id FROM app.orders WHERE number = $1
