-- The statements that remove everything of Shardhelm from this database, in order. Objects of moves carry our name as
-- prefix; the schema is left alone when it is the directory's. For the database's owner; with subscriptions: a superuser.
select statement
  from (select 1 as step, subname as name,
               format('alter subscription %I disable; alter subscription %I set (slot_name = none); drop subscription %I',
                      subname, subname, subname) as statement
          from pg_catalog.pg_subscription
         where subname like 'shardhelm\_%'
           and subdbid = (select oid from pg_catalog.pg_database where datname = current_database())
        union all
        select 2, pubname, format('drop publication %I', pubname)
          from pg_catalog.pg_publication
         where pubname like 'shardhelm\_%'
        union all
        select 3, slot_name, format('select pg_catalog.pg_drop_replication_slot(%L)', slot_name)
          from pg_catalog.pg_replication_slots
         where slot_name like 'shardhelm\_%'
           and database = current_database()
        union all
        select 4, tgname, format('drop trigger %I on %s', tgname, tgrelid::regclass)
          from pg_catalog.pg_trigger
         where tgname like 'shardhelm\_%'
           and not tgisinternal
           and tgparentid = 0
        union all
        select 5, nspname, 'drop schema shardhelm cascade'
          from pg_catalog.pg_namespace n
         where nspname = 'shardhelm'
           and not exists (select
                             from pg_catalog.pg_class c
                            where c.relnamespace = n.oid and c.relname = 'layout_version')
        union all
        select 6, d.datname::name, format('alter database %I reset shardhelm.instance_id', d.datname)
          from pg_catalog.pg_db_role_setting s
          join pg_catalog.pg_database d on d.oid = s.setdatabase
         where d.datname = current_database()
           and s.setrole = 0
           and exists (select from unnest(s.setconfig) setting where setting like 'shardhelm.instance_id=%')) removal
 order by step, name
