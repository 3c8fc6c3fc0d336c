-- How long did the calls of each statement take, in moments that can be subtracted? One row per entry at top level.
-- :schema is the quoted schema of pg_stat_statements. Needs pg_read_all_stats for the identifiers.
-- Texts are not read (false): the server would load them from a file. Writing the rows out costs as much as reading
-- them: planning times, which are nearly never tracked, are in latency_statements_planned.sql. On a slow clock.
SELECT s.userid,
       s.dbid,
       s.queryid,
       s.calls,
       s.total_exec_time AS total,
       s.min_exec_time AS shortest,
       s.max_exec_time AS longest,
       s.stddev_exec_time AS stddev
  FROM :schema.pg_stat_statements(false) AS s
 WHERE s.toplevel
   AND s.queryid IS NOT NULL
   AND s.calls > 0
