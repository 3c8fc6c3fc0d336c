-- One row per table of cluster/table_lines (in place of a mark; parameters $1 and $2): a digest of its lines, and whether the
-- column named by the array $3 at the same place is there and part of the primary key. Run with search_path =
-- pg_catalog by anyone.
with digests as (
  select schema, name, md5(string_agg(aspect || ' ' || line, E'\n' order by aspect, line)) as digest
  from (@lines@) as lines
  group by schema, name
)
select d.schema, d.name, d.digest,
       a.attnum is not null as has_key,
       coalesce(a.attnum = any (c.conkey), false) as key_in_primary_key
from unnest($1::text[], $2::text[], $3::text[]) as w (schema, name, key)
join digests d on d.schema = w.schema and d.name = w.name
join pg_namespace n on n.nspname = w.schema
join pg_class t on t.relnamespace = n.oid and t.relname = w.name
left join pg_attribute a on a.attrelid = t.oid and a.attname = w.key and a.attnum > 0 and not a.attisdropped
left join pg_constraint c on c.conrelid = t.oid and c.contype = 'p'
