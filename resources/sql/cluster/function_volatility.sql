-- Of the functions named by the arrays $1 (schema, '' when not qualified) and $2 (name): whether all that a call could
-- mean are built in, whether all are immutable, whether all are volatile. Anyone may run it.
select wanted.schema, wanted.name,
       count(p.oid) as candidates,
       coalesce(bool_and(n.nspname = 'pg_catalog' and p.oid < 16384), false) as built_in,
       coalesce(bool_and(p.provolatile = 'i'), false) as immutable,
       coalesce(bool_and(p.provolatile = 'v'), false) as volatile
from unnest($1::text[], $2::text[]) as wanted (schema, name)
left join pg_catalog.pg_proc p
  on p.proname = wanted.name
 and case when wanted.schema = '' then pg_catalog.pg_function_is_visible(p.oid)
          else p.pronamespace = (select oid from pg_catalog.pg_namespace where nspname = wanted.schema) end
left join pg_catalog.pg_namespace n on n.oid = p.pronamespace
group by wanted.schema, wanted.name
