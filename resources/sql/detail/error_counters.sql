-- What went wrong in this database since its statistics were reset, in numbers? Anyone who may connect.
SELECT extract(epoch FROM clock_timestamp())::float8 AS now,
       extract(epoch FROM d.stats_reset)::float8 AS reset_at,
       d.xact_rollback AS rollbacks,
       d.deadlocks,
       d.conflicts,
       d.sessions_abandoned,
       d.sessions_fatal,
       d.sessions_killed,
       d.checksum_failures
  FROM pg_stat_database AS d
 WHERE d.datname = current_database()
