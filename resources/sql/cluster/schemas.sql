-- Schemas of the database that are not PostgreSQL's own. Anyone may run it.
select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
