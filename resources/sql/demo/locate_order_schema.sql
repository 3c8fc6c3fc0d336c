-- The tenant of an order number $1, e.g. SO-7-12 (schema layout). Goes into the demo's cluster file; runs once per logical
-- shard with the shard's schema on the search path; needs SELECT on orders there.
SELECT tenant_id FROM orders WHERE number = $1
