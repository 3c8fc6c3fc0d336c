-- How long did the calls of each statement take, in moments that can be subtracted? One row per entry at top level.
-- :schema is the quoted schema of pg_stat_statements. Needs pg_read_all_stats for the identifiers.
-- Texts are not read (false): the server would load them from a file. On a slow clock.
SELECT extract(epoch FROM clock_timestamp())::float8 AS now,
       (SELECT i.dealloc FROM :schema.pg_stat_statements_info AS i) AS evictions,
       s.userid::bigint AS userid,
       s.dbid::bigint AS dbid,
       s.queryid,
       s.calls,
       s.total_exec_time AS total,
       s.min_exec_time AS shortest,
       s.max_exec_time AS longest,
       s.stddev_exec_time AS stddev,
       s.plans,
       s.total_plan_time AS plan_total,
       s.min_plan_time AS plan_shortest,
       s.max_plan_time AS plan_longest,
       s.stddev_plan_time AS plan_stddev
  FROM :schema.pg_stat_statements(false) AS s
 WHERE s.toplevel
   AND s.queryid IS NOT NULL
   AND s.calls > 0
