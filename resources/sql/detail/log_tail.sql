-- What are the last $2 (bigint) bytes of the server's log in the format $1 (text: stderr, csvlog or jsonlog)?
-- Needs EXECUTE on pg_current_logfile, pg_stat_file, pg_read_binary_file and the right to read the file
-- (superuser, or pg_read_server_files for a log outside the data directory).
WITH current AS (
    SELECT pg_current_logfile($1::text) AS name
), spans AS (
    SELECT c.name, f.size, greatest(0, f.size - $2::bigint) AS start
      FROM current AS c
     CROSS JOIN LATERAL pg_stat_file(c.name, true) AS f
     WHERE c.name IS NOT NULL AND f.size IS NOT NULL
)
SELECT s.name,
       s.start,
       extract(epoch FROM clock_timestamp())::float8 AS now,
       pg_read_binary_file(s.name, s.start, least($2::bigint, s.size - s.start), true) AS bytes
  FROM spans AS s
