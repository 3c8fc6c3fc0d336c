-- Which replicas, subscribers and backups read this server's WAL, and how far behind is each? On a replica: those that
-- read from it. Positions, state and lag are null without pg_read_all_stats (or pg_monitor).
-- Works on primaries and replicas.
SELECT r.pid,
       r.application_name,
       host(r.client_addr) AS client,
       r.usename,
       r.state,
       r.sync_state,
       s.slot_name,
       pg_wal_lsn_diff(w.now, r.sent_lsn)::bigint AS unsent_bytes,
       pg_wal_lsn_diff(w.now, r.flush_lsn)::bigint AS unflushed_bytes,
       pg_wal_lsn_diff(w.now, r.replay_lsn)::bigint AS lag_bytes,
       extract(epoch FROM r.write_lag)::float8 AS write_seconds,
       extract(epoch FROM r.flush_lag)::float8 AS flush_seconds,
       extract(epoch FROM r.replay_lag)::float8 AS replay_seconds,
       extract(epoch FROM clock_timestamp() - r.reply_time)::float8 AS reply_age_seconds,
       extract(epoch FROM clock_timestamp() - r.backend_start)::float8 AS connected_seconds,
       r.backend_xmin::text AS xmin
  FROM pg_stat_replication AS r
  LEFT JOIN pg_replication_slots AS s ON s.active_pid = r.pid
 CROSS JOIN (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                         ELSE pg_current_wal_lsn() END AS now) AS w
 ORDER BY r.application_name, r.pid
