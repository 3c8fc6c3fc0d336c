-- Which server is this, and which of its databases are we in? Two instances of a fleet may be databases of one server:
-- the start to the microsecond and the port tell.
-- Anyone who may connect. When sessions are looked at.
SELECT to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || ' '
         || current_setting('port') || CASE WHEN pg_is_in_recovery() THEN ' replica' ELSE '' END AS server,
       current_database() AS database,
       pg_has_role('pg_read_all_stats', 'USAGE') AS sees_all,
       current_setting('max_connections')::int AS max_connections
