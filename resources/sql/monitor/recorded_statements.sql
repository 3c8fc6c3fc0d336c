-- The twenty statements of this database that have taken the most time since the statistics were reset, with their
-- texts. Needs pg_stat_statements in the search path, and pg_read_all_stats to see the statements of others.
SELECT s.queryid::text AS id,
       left(max(s.query), 2000) AS query,
       sum(s.calls)::bigint AS calls,
       sum(s.total_exec_time)::float8 AS total_ms,
       max(s.max_exec_time)::float8 AS longest_ms
  FROM pg_stat_statements AS s
 WHERE s.dbid = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
   AND s.queryid IS NOT NULL
   AND s.query NOT LIKE '/* shardhelm/%'
 GROUP BY s.queryid
 ORDER BY total_ms DESC
 LIMIT 20
