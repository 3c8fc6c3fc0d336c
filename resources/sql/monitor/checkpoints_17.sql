-- The same as checkpoints.sql for PostgreSQL 17 and later.
SELECT extract(epoch FROM clock_timestamp())::float8 AS now,
       c.num_timed + c.num_requested AS checkpoints,
       c.num_requested AS requested,
       extract(epoch FROM c.stats_reset)::float8 AS stats_reset
  FROM pg_stat_checkpointer AS c
