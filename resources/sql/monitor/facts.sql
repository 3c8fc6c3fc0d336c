-- Where do this server's counters and its WAL stand? Position, counters and clock are read together.
-- Anyone who may connect. On the monitor's fast clock.
SELECT pg_is_in_recovery() AS in_recovery,
       extract(epoch FROM clock_timestamp())::float8 AS now,
       extract(epoch FROM pg_postmaster_start_time())::float8 AS started,
       extract(epoch FROM d.stats_reset)::float8 AS stats_reset,
       d.xact_commit + d.xact_rollback AS transactions,
       d.xact_rollback AS rollbacks,
       d.tup_returned AS rows_read,
       d.tup_inserted + d.tup_updated + d.tup_deleted AS rows_written,
       d.blks_hit AS blocks_hit,
       d.blks_read AS blocks_read,
       d.temp_bytes AS temp_bytes,
       d.deadlocks AS deadlocks,
       d.conflicts AS conflicts,
       d.sessions_abandoned + d.sessions_fatal + d.sessions_killed AS sessions_lost,
       -- WAL positions as bytes; the functions of the other role raise an error.
       CASE WHEN NOT pg_is_in_recovery()
            THEN pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint END AS written_position,
       CASE WHEN pg_is_in_recovery()
            THEN pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')::bigint END AS received_position,
       CASE WHEN pg_is_in_recovery()
            THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint END AS applied_position,
       CASE WHEN pg_is_in_recovery()
            THEN extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8 END AS last_applied_age,
       pg_is_in_recovery() AND EXISTS (SELECT FROM pg_stat_wal_receiver) AS receiving
  FROM pg_stat_database AS d
 WHERE d.datname = current_database()
