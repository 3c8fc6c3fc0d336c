-- How often did each statement run in this database and how long did it take, as sums that can be subtracted?
-- Needs the extension pg_stat_statements in this database, and pg_read_all_stats for the identifiers.
-- Texts are not read (false): the server would load them from a file. On a slow clock.
SELECT s.userid::text || '/' || s.queryid::text AS key,
       sum(s.calls)::bigint AS calls,
       sum(s.total_exec_time) AS total_ms,
       sum(s.calls * (s.stddev_exec_time ^ 2 + s.mean_exec_time ^ 2)) AS square_sum,
       extract(epoch FROM (SELECT i.stats_reset FROM pg_stat_statements_info AS i))::float8 AS stats_reset
  FROM pg_stat_statements(false) AS s
 WHERE s.dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
   AND s.toplevel
   AND s.queryid IS NOT NULL
 GROUP BY 1
