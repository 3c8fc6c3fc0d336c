-- Takes every table of the directory for this transaction alone, so that dropping them later waits for nobody. For the
-- schema's owner.
do $$
declare
    name text;
begin
    for name in
        select c.oid::regclass::text
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'shardhelm'
           and c.relkind in ('r', 'p')
         order by 1
    loop
        execute 'lock table ' || name || ' in access exclusive mode';
    end loop;
end
$$
