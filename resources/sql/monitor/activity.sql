-- How many sessions are there, how many work, how many wait for a lock, how old is the oldest transaction?
-- Anyone who may connect; without pg_read_all_stats the server hides the state of others' sessions, and everything
-- but the number of connections is meaningless. On the monitor's fast clock; own session left out of all but the first.
SELECT count(*) FILTER (WHERE backend_type = 'client backend'
                              -- Without the right the type is hidden; these are then the sessions of clients.
                              OR (backend_type IS NULL AND datid IS NOT NULL AND usesysid IS NOT NULL)) AS connections,
       count(*) FILTER (WHERE backend_type = 'client backend' AND state IN ('active', 'fastpath function call')
                              AND pid <> pg_backend_pid()) AS active,
       count(*) FILTER (WHERE backend_type = 'client backend' AND wait_event_type = 'Lock') AS blocked,
       max(extract(epoch FROM clock_timestamp() - xact_start)::float8)
           FILTER (WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS longest_transaction
  FROM pg_stat_activity
