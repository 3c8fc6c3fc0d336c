-- Advisory locks held in this database under the two-part key ($1, any). Run by anyone.
select objid
  from pg_catalog.pg_locks
 where locktype = 'advisory'
   and objsubid = 2
   and classid = $1::bigint::oid
   and database = (select oid from pg_catalog.pg_database where datname = current_database())
   and granted
