-- How many calls fell into each bucket of duration, per time slice of pg_stat_monitor? One row per slice.
-- :schema is the quoted schema of the extension. Transaction control and the console's own statements are left out.
-- Needs pg_read_all_stats. On a slow clock.
WITH calls AS (
    SELECT m.bucket_start_time AS began, b.place, sum(b.calls::bigint) AS calls
      FROM :schema.pg_stat_monitor AS m
     CROSS JOIN LATERAL unnest(m.resp_calls) WITH ORDINALITY AS b (calls, place)
     WHERE m.datname = current_database()
       AND m.query NOT LIKE '/* shardhelm/%'
       AND m.query !~* '^\s*(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction|set\s+transaction)\M[^;]*;?\s*$'
     GROUP BY 1, 2
)
SELECT :schema.get_histogram_timings() AS bounds,
       extract(epoch FROM clock_timestamp())::float8 AS now,
       extract(epoch FROM c.began)::float8 AS began,
       array_agg(c.calls ORDER BY c.place) AS calls
  FROM calls AS c
 GROUP BY c.began
 ORDER BY c.began
