-- Which lock does each waiting session ask for, and who holds the same object in which mode?
-- Anyone who may connect. When sessions are looked at; reads the lock table only while somebody waits.
-- One row per waiter and holder, one without a holder when there is none (it has just let go, or the waiter stands
-- behind others in the queue). Holder 0 is a prepared transaction. Names of relations are known in our database only.
-- A row's lock is a wait for its writer's transaction: the relation is then that of the row lock the waiter holds.
WITH locks AS MATERIALIZED (
  SELECT l.*,
         concat_ws('/', l.locktype, coalesce(l.database::text, '-'), coalesce(l.relation::text, '-'),
                   coalesce(l.page::text, '-'), coalesce(l.tuple::text, '-'), coalesce(l.virtualxid, '-'),
                   coalesce(l.transactionid::text, '-'), coalesce(l.classid::text, '-'), coalesce(l.objid::text, '-'),
                   coalesce(l.objsubid::text, '-')) AS object
    FROM pg_locks AS l
)
SELECT w.pid,
       w.locktype AS lock_type,
       w.mode,
       coalesce(w.relation, (SELECT min(t.relation) FROM locks AS t
                              WHERE t.pid = w.pid AND t.locktype = 'tuple' AND t.granted
                                AND w.locktype = 'transactionid'))::regclass::text AS relation,
       extract(epoch FROM clock_timestamp() - w.waitstart)::float8 AS wait_age,
       CASE WHEN h.granted THEN coalesce(h.pid, 0) END AS holder,
       h.mode AS held_mode,
       p.gid AS prepared,
       p.owner AS prepared_owner,
       p.database AS prepared_database,
       extract(epoch FROM clock_timestamp() - p.prepared)::float8 AS prepared_age
  FROM locks AS w
  LEFT JOIN locks AS h ON h.object = w.object AND h.granted AND h.pid IS DISTINCT FROM w.pid
  -- Every prepared transaction holds the lock on its own number.
  LEFT JOIN locks AS x ON h.pid IS NULL AND x.pid IS NULL AND x.locktype = 'transactionid' AND x.granted
                      AND x.virtualtransaction = h.virtualtransaction
  LEFT JOIN pg_prepared_xacts AS p ON p.transaction = x.transactionid
 WHERE NOT w.granted
   AND (w.database IS NULL OR w.database = 0
        OR w.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()))
   AND EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.wait_event_type = 'Lock')
 ORDER BY w.pid, h.pid
