-- Objects outside schema shardhelm that depend on objects in it and would go with it. Run by anyone.
with ours as (
  select oid from pg_catalog.pg_namespace where nspname = 'shardhelm'
), inside as (
  select 'pg_catalog.pg_class'::regclass as classid, c.oid from pg_catalog.pg_class c join ours on c.relnamespace = ours.oid
  union all
  select 'pg_catalog.pg_type'::regclass, t.oid from pg_catalog.pg_type t join ours on t.typnamespace = ours.oid
  union all
  select 'pg_catalog.pg_proc'::regclass, p.oid from pg_catalog.pg_proc p join ours on p.pronamespace = ours.oid
)
select distinct pg_catalog.pg_describe_object(d.classid, d.objid, 0) as dependent
  from pg_catalog.pg_depend d
  join inside on inside.classid = d.refclassid and inside.oid = d.refobjid
  left join pg_catalog.pg_rewrite r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid
  left join pg_catalog.pg_trigger g on d.classid = 'pg_catalog.pg_trigger'::regclass and g.oid = d.objid
  left join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
  left join pg_catalog.pg_attrdef a on d.classid = 'pg_catalog.pg_attrdef'::regclass and a.oid = d.objid
  left join pg_catalog.pg_class c
    on c.oid = coalesce(r.ev_class, g.tgrelid, k.conrelid, a.adrelid,
                        case when d.classid = 'pg_catalog.pg_class'::regclass then d.objid end)
  left join pg_catalog.pg_proc p on d.classid = 'pg_catalog.pg_proc'::regclass and p.oid = d.objid
  left join pg_catalog.pg_type t on d.classid = 'pg_catalog.pg_type'::regclass and t.oid = d.objid
 where d.deptype = 'n'
   and coalesce(c.relnamespace, p.pronamespace, t.typnamespace) is distinct from (select oid from ours)
   -- triggers of ours on tables of others are dropped by name
   and (g.tgname is null or g.tgname not like 'shardhelm\_%')
 order by 1
