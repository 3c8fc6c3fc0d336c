-- Which streaming replicas does this server feed, and how far behind are they as it sees them?
-- Anyone who may connect; without pg_read_all_stats the server hides positions and lag (null).
-- Logical replication and base backups are left out. On the monitor's fast clock.
SELECT r.application_name,
       s.slot_name,
       r.state,
       CASE WHEN NOT pg_is_in_recovery()
            THEN greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn), 0)::bigint END AS lag_bytes,
       extract(epoch FROM r.replay_lag)::float8 AS lag_seconds
  FROM pg_stat_replication AS r
  LEFT JOIN pg_replication_slots AS s ON s.active_pid = r.pid
 WHERE s.slot_type IS DISTINCT FROM 'logical'
   AND r.state IS DISTINCT FROM 'backup'
