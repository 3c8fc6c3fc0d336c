-- Roles that own objects of this database or hold rights on them, as statements that create them without password and
-- without the attributes that only a person should hand out (superuser, replication, bypassrls). Run by anyone.
with needed as (
  select refobjid as oid
    from pg_catalog.pg_shdepend
   where refclassid = 'pg_catalog.pg_authid'::regclass
     and dbid = (select oid from pg_catalog.pg_database where datname = current_database())
  union
  select relowner from pg_catalog.pg_class where oid >= 16384
  union
  select nspowner from pg_catalog.pg_namespace where oid >= 16384
  union
  select proowner from pg_catalog.pg_proc where oid >= 16384
)
select r.rolname,
       format('create role %I %s %s %s connection limit %s', r.rolname,
              case when r.rolcanlogin then 'login' else 'nologin' end,
              case when r.rolinherit then 'inherit' else 'noinherit' end,
              case when r.rolcreatedb then 'createdb' else 'nocreatedb' end, r.rolconnlimit) as statement
  from pg_catalog.pg_roles r
  join needed using (oid)
 where r.rolname not like 'pg\_%'
 order by r.rolname
