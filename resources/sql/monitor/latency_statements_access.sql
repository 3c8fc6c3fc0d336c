-- In which schema is pg_stat_statements, may this role see the statements of others, does it time planning? No row
-- without the extension. Anyone who may connect.
SELECT n.nspname AS schema,
       pg_has_role('pg_read_all_stats', 'USAGE') AS permitted,
       coalesce(current_setting('pg_stat_statements.track_planning', true)::boolean, false) AS planning,
       (SELECT d.oid::bigint FROM pg_database AS d WHERE d.datname = current_database()) AS database
  FROM pg_extension AS e
  JOIN pg_namespace AS n ON n.oid = e.extnamespace
 WHERE e.extname = 'pg_stat_statements'
