-- Which subscriptions of this database are there, do they run, and how fresh is what they received?
-- Anyone who may connect: the connection string is not read.
SELECT s.subname AS name,
       s.subenabled AS enabled,
       s.subslotname AS slot,
       array_to_string(s.subpublications, ', ') AS publications,
       w.pid,
       w.received_lsn::text AS received,
       extract(epoch FROM clock_timestamp() - w.last_msg_receipt_time)::float8 AS message_age_seconds,
       extract(epoch FROM clock_timestamp() - w.latest_end_time)::float8 AS report_age_seconds,
       (SELECT count(*) FROM pg_subscription_rel AS r WHERE r.srsubid = s.oid) AS tables,
       (SELECT count(*) FROM pg_subscription_rel AS r WHERE r.srsubid = s.oid AND r.srsubstate <> 'r') AS tables_not_ready,
       e.apply_error_count AS apply_errors,
       e.sync_error_count AS sync_errors
  FROM (SELECT oid, subdbid, subname, subenabled, subslotname, subpublications FROM pg_subscription) AS s
  JOIN pg_database AS d ON d.oid = s.subdbid AND d.datname = current_database()
  LEFT JOIN pg_stat_subscription AS w ON w.subid = s.oid AND w.relid IS NULL
  LEFT JOIN pg_stat_subscription_stats AS e ON e.subid = s.oid
 ORDER BY s.subname
