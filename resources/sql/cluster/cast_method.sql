-- Whether PostgreSQL casts an expression over k.key to a type (both in place of marks) without going through the text form: by
-- nothing, by a built-in immutable function, or because the types store the same. Anyone may run it.
select source.type = target.type
    or exists (select from pg_catalog.pg_cast c left join pg_catalog.pg_proc p on p.oid = c.castfunc
               where c.castsource = source.type and c.casttarget = target.type
                 and (c.castmethod = 'b' or (c.castmethod = 'f' and p.oid < 16384 and p.provolatile = 'i')))
from (select pg_catalog.pg_typeof(@argument@)::oid as type from (select null::@key_type@ as key) k) as source,
     (select pg_catalog.pg_typeof(null::@type@)::oid as type) as target
