-- From where does this replica receive WAL, and how fresh is what it received and applied? No row on a primary.
-- Most columns are null without pg_read_all_stats (or pg_monitor).
SELECT r.status,
       r.sender_host AS sender,
       r.slot_name,
       r.received_tli AS timeline,
       pg_wal_lsn_diff(r.flushed_lsn, pg_last_wal_replay_lsn())::bigint AS unapplied_bytes,
       extract(epoch FROM clock_timestamp() - r.last_msg_receipt_time)::float8 AS message_age_seconds,
       extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8 AS applied_age_seconds,
       pg_is_wal_replay_paused() AS paused
  FROM (SELECT 1 WHERE pg_is_in_recovery()) AS here
  LEFT JOIN pg_stat_wal_receiver AS r ON true
