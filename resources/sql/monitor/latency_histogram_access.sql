-- Is pg_stat_monitor installed here, and what are the bounds of its buckets? No row without the extension.
-- Anyone who may connect.
SELECT n.nspname AS schema,
       pg_has_role('pg_read_all_stats', 'USAGE') AS permitted
  FROM pg_extension AS e
  JOIN pg_namespace AS n ON n.oid = e.extnamespace
 WHERE e.extname = 'pg_stat_monitor'
