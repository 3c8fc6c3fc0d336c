-- Moves the identity sequences of the journal past the rows that were restored. For the owner of the directory.
select pg_catalog.setval(pg_catalog.pg_get_serial_sequence('shardhelm.move', 'id'), coalesce(max(id), 0) + 1, false)
  from shardhelm.move;
select pg_catalog.setval(pg_catalog.pg_get_serial_sequence('shardhelm.move_event', 'id'), coalesce(max(id), 0) + 1, false)
  from shardhelm.move_event;
select pg_catalog.setval(pg_catalog.pg_get_serial_sequence('shardhelm.move_resource', 'id'), coalesce(max(id), 0) + 1,
                         false)
  from shardhelm.move_resource;
select pg_catalog.setval(pg_catalog.pg_get_serial_sequence('shardhelm.approval', 'id'), coalesce(max(id), 0) + 1, false)
  from shardhelm.approval;
select pg_catalog.setval(pg_catalog.pg_get_serial_sequence('shardhelm.operation', 'id'), coalesce(max(id), 0) + 1, false)
  from shardhelm.operation
