-- The tenant of a user's e-mail address $1 in any of this instance's logical shards (schema layout). One row per schema
-- that knows it. Goes into the demo's cluster file; needs SELECT on the shards and a server with XML support.
SELECT unnest(xpath('//tenant_id/text()', query_to_xml(
           format('SELECT tenant_id FROM %s WHERE email = %L', c.oid::regclass, $1), false, false, '')))::text AS tenant_id
  FROM pg_class AS c
 WHERE c.relname = 'users' AND c.relkind = 'r'
