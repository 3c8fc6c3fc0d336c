-- Who is connected, what does each session do and since when, and whom does it wait for?
-- Anyone who may connect; without pg_read_all_stats the server hides all but pid, role and database of others' sessions.
-- When sessions are looked at. Left out: our own session, and processes of the server that never hold locks of
-- transactions. Who blocks is asked only for those that wait: it takes a lock on the whole lock table.
SELECT a.pid,
       to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS backend_start,
       a.usename AS role,
       a.datname AS database,
       a.application_name AS application,
       CASE WHEN a.client_addr IS NOT NULL THEN host(a.client_addr) WHEN a.client_port = -1 THEN 'local' END AS client,
       a.backend_type,
       a.state,
       a.wait_event_type,
       a.wait_event,
       extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS transaction_age,
       extract(epoch FROM clock_timestamp() - a.query_start)::float8 AS query_age,
       extract(epoch FROM clock_timestamp() - a.state_change)::float8 AS state_age,
       CASE WHEN a.wait_event_type = 'Lock' THEN pg_blocking_pids(a.pid) END AS blocked_by,
       a.query_id::text AS query_id,
       a.query
  FROM pg_stat_activity AS a
 WHERE a.pid <> pg_backend_pid()
   AND coalesce(a.backend_type, '') <> ALL (ARRAY['archiver', 'autovacuum launcher', 'background writer',
         'checkpointer', 'logical replication launcher', 'startup', 'walreceiver', 'walwriter'])
   -- Without the right the type is hidden; processes of the server have no role.
   AND (a.backend_type IS NOT NULL OR a.usesysid IS NOT NULL)
 ORDER BY a.pid
