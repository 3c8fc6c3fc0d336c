-- How many checkpoints has this server made, and how many of them because WAL filled up or someone asked?
-- Anyone who may connect. PostgreSQL 15 and 16. On the monitor's medium clock.
SELECT extract(epoch FROM clock_timestamp())::float8 AS now,
       b.checkpoints_timed + b.checkpoints_req AS checkpoints,
       b.checkpoints_req AS requested,
       extract(epoch FROM b.stats_reset)::float8 AS stats_reset
  FROM pg_stat_bgwriter AS b
