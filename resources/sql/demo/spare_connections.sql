-- How many more sessions a superuser can open here. Sessions of all roles are counted only for a superuser or a member
-- of pg_monitor.
SELECT current_setting('max_connections')::integer
       - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')
