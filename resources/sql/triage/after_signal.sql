-- What are these sessions doing now, after a cancel or terminate? $1: their pids.
-- Anyone who may connect; without pg_read_all_stats the start of others' sessions is hidden (null).
SELECT a.pid,
       to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS backend_start,
       a.state,
       a.query_start::text AS query_start
  FROM pg_stat_activity AS a
 WHERE a.pid = ANY ($1::int[])
