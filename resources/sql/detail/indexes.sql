-- How large is each index, and is it ever used? Scans count since the statistics of the database were reset; on each
-- server for itself. Anyone who may connect. Asks the file system for every index: on demand.
SELECT n.nspname AS schema,
       t.relname AS table_name,
       c.relname AS name,
       pg_relation_size(c.oid)::bigint AS bytes,
       s.idx_scan AS scans,
       s.idx_tup_read AS rows_read,
       i.indisunique AS is_unique,
       i.indisprimary AS is_primary,
       i.indisvalid AS is_valid,
       i.indisexclusion
           OR EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = c.oid) AS is_constraint,
       i.indisreplident AS is_identity,
       pg_get_indexdef(c.oid) AS definition,
       extract(epoch FROM (SELECT d.stats_reset FROM pg_stat_database AS d
                            WHERE d.datname = current_database()))::float8 AS reset_at
  FROM pg_index AS i
  JOIN pg_class AS c ON c.oid = i.indexrelid AND c.relkind = 'i'
  JOIN pg_class AS t ON t.oid = i.indrelid
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_stat_all_indexes AS s ON s.indexrelid = c.oid
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   AND n.nspname NOT LIKE 'pg\_temp\_%'
 ORDER BY bytes DESC
 LIMIT 20000
