-- How do slots, the archive, transaction ids and prepared transactions stand? What changes slowly.
-- Anyone who may connect; nothing here is hidden from a role. On the monitor's medium clock.
SELECT -- On a replica pg_current_wal_lsn() raises an error.
       CASE WHEN pg_is_in_recovery()
            THEN coalesce((SELECT r.received_tli FROM pg_stat_wal_receiver AS r),
                          (SELECT c.timeline_id FROM pg_control_checkpoint() AS c))
            ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int END AS timeline,
       (SELECT json_agg(json_build_object('name', s.slot_name,
                                          'logical', s.slot_type = 'logical',
                                          'active', s.active,
                                          'retained_bytes', pg_wal_lsn_diff(p.lsn, s.restart_lsn),
                                          'wal_status', s.wal_status))
          FROM pg_get_replication_slots() AS s) AS slots,
       a.last_archived_wal,
       extract(epoch FROM clock_timestamp() - a.last_archived_time)::float8 AS last_archived_age,
       coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false) AS archiver_fails,
       pg_wal_lsn_diff(p.lsn, '0/0')::bigint AS position,
       d.transaction_id_age,
       d.multixact_age,
       x.prepared,
       x.oldest_prepared
  FROM (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn) AS p,
       pg_stat_get_archiver() AS a,
       (SELECT max(age(datfrozenxid))::bigint AS transaction_id_age, max(mxid_age(datminmxid))::bigint AS multixact_age
          FROM pg_database) AS d,
       (SELECT count(*) AS prepared,
               coalesce(extract(epoch FROM clock_timestamp() - min(t.prepared))::float8, 0) AS oldest_prepared
          FROM pg_prepared_xact() AS t) AS x
