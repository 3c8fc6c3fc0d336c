-- What do the sessions do: how many, in which state, waiting for what, since when; who is in the way; which replicas
-- are fed? One row, from one look at the list of processes, since making that list is what costs.
-- Anyone who may connect; without pg_read_all_stats the server hides the state of others' sessions, and everything
-- but the number of connections is meaningless. On the monitor's fast clock; our own session is left out of all but
-- the first figure.
WITH process AS MATERIALIZED (
    SELECT a.pid, a.datid, a.usesysid, a.backend_type, a.application_name, a.state, a.wait_event_type, a.wait_event,
           a.xact_start, a.query_start, a.state_change
      FROM pg_stat_get_activity(NULL) AS a
), session AS MATERIALIZED (
    SELECT p.*,
           p.state IN ('active', 'fastpath function call') AS active,
           p.state IN ('active', 'fastpath function call') AND p.wait_event_type NOT IN ('Client', 'Activity')
               AS waiting
      FROM process AS p
     WHERE p.backend_type = 'client backend'
       AND p.datid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
       AND p.pid <> pg_backend_pid()
), blocked AS MATERIALIZED (
    -- The lock manager is stopped for each of them: the longest waiting few tell who is in the way.
    SELECT s.pid, pg_blocking_pids(s.pid) AS by
      FROM session AS s
     WHERE s.wait_event_type = 'Lock'
     ORDER BY s.query_start
     LIMIT 24
)
SELECT clients.connections, clients.autovacuum_workers, here.*,
       CASE WHEN here.blocked > 0
            THEN (SELECT extract(epoch FROM clock_timestamp() - min(l.waitstart))::float8
                    FROM pg_locks AS l JOIN session AS s ON s.pid = l.pid
                   WHERE NOT l.granted)
            ELSE 0 END AS longest_blocked,
       CASE WHEN here.blocked > 0
            THEN (SELECT array_agg(b.pid || ' ' || array_to_string(b.by, ' ')) FROM blocked AS b) END AS blocking,
       CASE WHEN here.waiting > 0
            THEN (SELECT array_agg(w.wait_event_type || ' ' || w.wait_event || ' ' || w.sessions)
                    FROM (SELECT s.wait_event_type, s.wait_event, count(*) AS sessions
                            FROM session AS s
                           WHERE s.waiting
                           GROUP BY 1, 2
                           ORDER BY 3 DESC, 1, 2
                           LIMIT 8) AS w) END AS wait_events,
       CASE WHEN EXISTS (SELECT FROM pg_stat_get_wal_senders())
            THEN (SELECT json_agg(json_build_object(
                             'application_name', p.application_name,
                             'slot_name', t.slot_name,
                             'state', w.state,
                             'lag_bytes', CASE WHEN NOT pg_is_in_recovery()
                                               THEN greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), w.replay_lsn), 0)
                                          END,
                             'lag_seconds', extract(epoch FROM w.replay_lag)))
                    -- Logical replication and base backups are left out.
                    FROM pg_stat_get_wal_senders() AS w
                    JOIN process AS p ON p.pid = w.pid
                    LEFT JOIN pg_get_replication_slots() AS t ON t.active_pid = w.pid
                   WHERE t.slot_type IS DISTINCT FROM 'logical'
                     AND w.state IS DISTINCT FROM 'backup') END AS senders
  FROM (SELECT count(*) FILTER (WHERE p.backend_type = 'client backend'
                                      -- Without the right the type is hidden; these are then the sessions of clients.
                                      OR (p.backend_type IS NULL AND p.datid IS NOT NULL AND p.usesysid IS NOT NULL))
                   AS connections,
               count(*) FILTER (WHERE p.backend_type = 'autovacuum worker') AS autovacuum_workers
          FROM process AS p) AS clients,
       (SELECT count(*) FILTER (WHERE s.active) AS active,
               count(*) FILTER (WHERE s.state = 'idle') AS idle,
               count(*) FILTER (WHERE s.state = 'idle in transaction') AS idle_in_transaction,
               count(*) FILTER (WHERE s.state = 'idle in transaction (aborted)') AS aborted,
               count(*) FILTER (WHERE s.waiting) AS waiting,
               count(*) FILTER (WHERE s.wait_event_type = 'Lock') AS blocked,
               coalesce(extract(epoch FROM clock_timestamp() - min(s.xact_start))::float8, 0) AS longest_transaction,
               coalesce(extract(epoch FROM clock_timestamp() - min(s.query_start) FILTER (WHERE s.active))::float8, 0)
                   AS longest_statement,
               coalesce(extract(epoch FROM clock_timestamp() - min(s.state_change)
                                    FILTER (WHERE s.state LIKE 'idle in transaction%'))::float8, 0)
                   AS longest_idle_in_transaction
          FROM session AS s) AS here
