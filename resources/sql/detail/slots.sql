-- Which replication slots are there, who uses them, and how much WAL does each keep from being removed?
-- Anyone who may connect; works on primaries and replicas.
SELECT s.slot_name AS name,
       s.slot_type AS type,
       s.plugin,
       s.database,
       s.active,
       s.active_pid,
       s.temporary,
       pg_wal_lsn_diff(w.now, s.restart_lsn)::bigint AS retained_bytes,
       pg_wal_lsn_diff(w.now, s.confirmed_flush_lsn)::bigint AS unconfirmed_bytes,
       s.wal_status,
       s.safe_wal_size AS safe_bytes,
       age(s.xmin)::bigint AS xmin_age,
       age(s.catalog_xmin)::bigint AS catalog_xmin_age
  FROM pg_replication_slots AS s
 CROSS JOIN (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                         ELSE pg_current_wal_lsn() END AS now) AS w
 ORDER BY s.slot_name
