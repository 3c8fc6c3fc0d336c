-- Is there a directory in this database, of which version, and may this role read it?
-- Run by anyone; answers without touching the tables themselves.
select current_database() as database,
       to_regnamespace('shardhelm') is not null as schema_there,
       coalesce(has_schema_privilege(to_regnamespace('shardhelm'), 'usage'), true) as usable,
       exists (select from pg_catalog.pg_class c
                 join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'shardhelm' and c.relname = 'layout_version') as version_there,
       exists (select from pg_catalog.pg_class c
                 join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'shardhelm' and c.relname = 'cluster') as cluster_there
