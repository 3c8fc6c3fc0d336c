-- The registry of tables, by schema and name. For roles that may read schema shardhelm.
select table_schema, table_name, kind, shard_key, colocation_group
  from shardhelm.sharded_table
 order by table_schema collate "C", table_name collate "C"
