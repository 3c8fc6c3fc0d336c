-- $1 schemas, $2 tables (text[], of one length): sequences that belong to columns of those tables and have been used, as
-- statements that raise them to the same value. Run by roles that may read the sequences.
select format('select pg_catalog.setval(%L, %s)', format('%I.%I', s.schemaname, s.sequencename), s.last_value) as statement
  from unnest($1::text[], $2::text[]) as wanted (schema, name)
  join pg_catalog.pg_namespace n on n.nspname = wanted.schema
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
  join pg_catalog.pg_depend d
    on d.refclassid = 'pg_catalog.pg_class'::regclass
   and d.refobjid = c.oid
   and d.classid = 'pg_catalog.pg_class'::regclass
   and d.deptype in ('a', 'i')
  join pg_catalog.pg_class q on q.oid = d.objid and q.relkind = 'S'
  join pg_catalog.pg_namespace qn on qn.oid = q.relnamespace
  join pg_catalog.pg_sequences s on s.schemaname = qn.nspname and s.sequencename = q.relname
 where s.last_value is not null
 order by 1
