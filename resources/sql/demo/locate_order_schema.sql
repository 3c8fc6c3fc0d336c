-- The tenant of an order number $1, e.g. SO-7-12, in any of this instance's logical shards (schema layout). Goes into the
-- demo's cluster file; needs SELECT on the shards and a server with XML support.
SELECT unnest(xpath('//tenant_id/text()', query_to_xml(
           format('SELECT tenant_id FROM %s WHERE number = %L', c.oid::regclass, $1), false, false, '')))::text AS tenant_id
  FROM pg_class AS c
 WHERE c.relname = 'orders' AND c.relkind = 'r'
