-- Whether the session of process $1, started at $2, on the server that started at $3 (seconds since 1970) has ended, its
-- transaction included: a process leaves pg_stat_activity after that. Any role; asked by the role of that session.
SELECT extract(epoch FROM pg_postmaster_start_time()) <> $3::numeric
       OR NOT EXISTS (SELECT FROM pg_stat_activity
                       WHERE pid = $1::integer AND extract(epoch FROM backend_start) = $2::numeric);
