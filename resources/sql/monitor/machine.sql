-- How busy is the machine under the server? The raw texts of Linux; NULL where a file is not there (another system).
-- Needs EXECUTE on pg_read_file(text, bigint, bigint, boolean) and membership in pg_read_server_files.
SELECT pg_read_file('/proc/stat', 0, 2000, true) AS stat,
       pg_read_file('/proc/loadavg', 0, 200, true) AS loadavg,
       pg_read_file('/proc/meminfo', 0, 400, true) AS meminfo,
       pg_read_file('/proc/diskstats', 0, 60000, true) AS diskstats
