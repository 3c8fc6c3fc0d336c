-- What the present session is recognised by afterwards: process, start of the process, start of the server, the last two
-- in seconds since 1970. Any role.
SELECT pg_backend_pid(), extract(epoch FROM backend_start), extract(epoch FROM pg_postmaster_start_time())
  FROM pg_stat_activity
 WHERE pid = pg_backend_pid();
