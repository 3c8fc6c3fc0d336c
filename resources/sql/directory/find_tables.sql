-- $1 schemas, $2 tables, $3 key columns (text[], of one length): kind of each relation (null: not there) and whether the
-- column is one of it. Run by anyone.
select c.relkind,
       exists (select
                 from pg_catalog.pg_attribute a
                where a.attrelid = c.oid and a.attname = wanted.key and a.attnum > 0 and not a.attisdropped) as has_key
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality as wanted (schema, name, key, position)
  left join pg_catalog.pg_namespace n on n.nspname = wanted.schema
  left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
 order by position
