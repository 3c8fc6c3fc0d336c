-- How large is each table with its indexes and TOAST, how many rows are dead, and when was it last cleaned and
-- analysed? Partitions count on their own. Anyone who may connect. Asks the file system for every relation: on demand.
SELECT n.nspname AS schema,
       c.relname AS name,
       c.relkind::text AS kind,
       (SELECT i.inhparent::regclass::text FROM pg_inherits AS i
         WHERE i.inhrelid = c.oid AND c.relispartition) AS partition_of,
       coalesce(pg_total_relation_size(c.oid), 0)::bigint AS total_bytes,
       coalesce(pg_relation_size(c.oid), 0)::bigint AS heap_bytes,
       coalesce(pg_indexes_size(c.oid), 0)::bigint AS index_bytes,
       coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)::bigint AS toast_bytes,
       c.reltuples::bigint AS estimated_rows,
       s.n_live_tup AS live,
       s.n_dead_tup AS dead,
       s.n_mod_since_analyze AS changed,
       s.seq_scan AS seq_scans,
       s.seq_tup_read AS seq_rows,
       s.idx_scan AS index_scans,
       extract(epoch FROM clock_timestamp() - greatest(s.last_vacuum, s.last_autovacuum))::float8 AS vacuum_age,
       extract(epoch FROM clock_timestamp() - greatest(s.last_analyze, s.last_autoanalyze))::float8 AS analyze_age,
       age(c.relfrozenxid)::bigint AS xid_age
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_stat_all_tables AS s ON s.relid = c.oid
 WHERE c.relkind IN ('r', 'm')
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   AND n.nspname NOT LIKE 'pg\_temp\_%'
 ORDER BY total_bytes DESC
 LIMIT 20000
