-- What was added to the server's log since file $2 (text, '' at first) and offset $3 (bigint)? At most $4 bytes
-- (bigint) of each file, the newest when there is more; up to two files after a rotation, in order. $1 (text) is the
-- format: stderr, csvlog or jsonlog. Nothing is read at first: the reader begins at the end.
-- Needs EXECUTE on pg_current_logfile, pg_stat_file, pg_read_binary_file and the right to read the file
-- (superuser, or pg_read_server_files for a log outside the data directory).
WITH current AS (
    SELECT pg_current_logfile($1::text) AS name
), files AS (
    SELECT $2::text AS name, 1 AS turn FROM current WHERE $2::text <> '' AND current.name IS DISTINCT FROM $2::text
    UNION ALL
    SELECT current.name, 2 FROM current WHERE current.name IS NOT NULL
), sizes AS (
    SELECT f.name, f.turn, (pg_stat_file(f.name, true)).size AS size FROM files AS f
), spans AS (
    SELECT s.name, s.turn, s.size,
           -- A file shorter than what was read of it was truncated and begun anew.
           CASE WHEN s.name = $2::text AND s.size >= $3::bigint THEN greatest($3::bigint, s.size - $4::bigint)
                WHEN $2::text = '' THEN s.size
                ELSE greatest(0, s.size - $4::bigint) END AS start
      FROM sizes AS s
     WHERE s.size IS NOT NULL
)
SELECT p.name,
       p.start,
       extract(epoch FROM clock_timestamp())::float8 AS now,
       pg_read_binary_file(p.name, p.start, least($4::bigint, p.size - p.start), true) AS bytes
  FROM spans AS p
 ORDER BY p.turn
