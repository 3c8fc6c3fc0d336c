-- How large is pg_wal? Needs EXECUTE on pg_ls_waldir (pg_monitor has it). Asks the file system for every file: on a
-- slow clock.
SELECT coalesce(sum(w.size), 0)::bigint AS wal_directory_bytes FROM pg_ls_waldir() AS w
