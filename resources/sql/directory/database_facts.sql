-- Identity of this database: system identifier, oid, the id that Shardhelm wrote as a database setting; and whether the
-- server is a replica. Run by anyone.
select (select system_identifier from pg_catalog.pg_control_system()) as system_identifier,
       d.oid as database_oid,
       (select substring(setting from '^shardhelm\.instance_id=(.*)$')
          from pg_catalog.pg_db_role_setting s
         cross join unnest(s.setconfig) setting
         where s.setdatabase = d.oid
           and s.setrole = 0
           and setting like 'shardhelm.instance_id=%') as instance_id,
       d.datname as database,
       pg_catalog.pg_is_in_recovery() as in_recovery
  from pg_catalog.pg_database d
 where d.datname = current_database()
