-- What has each statement of the databases $1 (oid[]) done since the statistics were reset? One row per entry at top
-- level: moments that can be subtracted, and rows. :schema is the quoted schema of pg_stat_statements.
-- Needs pg_read_all_stats for the identifiers. Texts are not read (false): the server would load them from a file.
SELECT extract(epoch FROM clock_timestamp())::float8 AS now,
       (SELECT i.dealloc FROM :schema.pg_stat_statements_info AS i) AS evictions,
       extract(epoch FROM (SELECT i.stats_reset FROM :schema.pg_stat_statements_info AS i))::float8 AS reset_at,
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
       s.stddev_plan_time AS plan_stddev,
       s.rows
  FROM :schema.pg_stat_statements(false) AS s
 WHERE s.toplevel
   AND s.queryid IS NOT NULL
   AND s.calls > 0
   AND s.dbid = ANY ($1::oid[])
