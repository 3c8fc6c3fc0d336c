-- What do the sessions of this database run now, or ran within the last $1 (float8) seconds? Texts of others need
-- pg_read_all_stats: text_hidden says that they were left out. The console's own sessions are left out, too.
SELECT coalesce(a.query, '') AS query,
       a.query IS NULL OR a.query = '<insufficient privilege>' AS text_hidden
  FROM pg_stat_activity AS a
 WHERE a.datname = current_database()
   AND a.pid <> pg_backend_pid()
   AND coalesce(a.backend_type, 'client backend') = 'client backend'
   AND a.application_name NOT LIKE 'shardhelm/%'
   AND (a.state IS NULL OR a.state = 'active' OR a.state_change > clock_timestamp() - make_interval(secs => $1::float8))
 LIMIT 2000
