-- May this role read the server's log over SQL, in which formats is it written, and which statements does it time?
-- Anyone who may connect; the settings are those of this session, settings of single roles and databases are not seen.
SELECT has_function_privilege('pg_catalog.pg_current_logfile(text)', 'EXECUTE')
           AND has_function_privilege('pg_catalog.pg_stat_file(text, boolean)', 'EXECUTE')
           AND has_function_privilege('pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean)', 'EXECUTE')
           AS permitted,
       current_setting('logging_collector')::boolean AS collected,
       current_setting('log_destination') AS destination,
       current_setting('log_line_prefix') AS line_prefix,
       current_setting('lc_messages') AS messages,
       current_setting('log_duration')::boolean AS all_durations,
       (SELECT s.setting::float8 FROM pg_settings AS s WHERE s.name = 'log_min_duration_statement') AS min_statement,
       (SELECT s.setting::float8 FROM pg_settings AS s WHERE s.name = 'log_min_duration_sample') AS min_sample,
       current_setting('log_statement_sample_rate')::float8 AS statement_rate,
       current_setting('log_transaction_sample_rate')::float8 AS transaction_rate
