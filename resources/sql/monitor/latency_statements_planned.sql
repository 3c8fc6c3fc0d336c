-- The same as latency_statements.sql with the times of planning, for servers that track them
-- (pg_stat_statements.track_planning).
SELECT s.userid,
       s.dbid,
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
