-- What is this server, what may we see of it, which database is ours? What hardly changes while a connection lasts.
-- Anyone who may connect. Once per connection, and every few minutes since rights may be granted meanwhile.
SELECT current_setting('server_version') AS version,
       current_setting('server_version_num')::int AS version_number,
       current_setting('max_connections')::int AS max_connections,
       pg_has_role('pg_read_all_stats', 'USAGE') AS sees_all,
       has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE') AS may_list_wal,
       -- Files outside the data directory need the role as well.
       has_function_privilege('pg_catalog.pg_read_file(text, bigint, bigint, boolean)', 'EXECUTE')
           AND pg_has_role('pg_read_server_files', 'USAGE') AS may_read_files,
       (SELECT c.system_identifier FROM pg_control_system() AS c)
           || '/' || extract(epoch FROM pg_postmaster_start_time())::float8
           || '/' || current_setting('port') AS server_key,
       (SELECT d.oid::bigint FROM pg_database AS d WHERE d.datname = current_database()) AS database,
       current_setting('cluster_name') AS cluster_name,
       current_setting('primary_slot_name') AS slot_name,
       current_setting('archive_mode') AS archive_mode,
       pg_size_bytes(current_setting('wal_segment_size')) AS wal_segment_bytes
