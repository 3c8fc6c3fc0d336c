-- The cluster's one row. For roles that may read schema shardhelm.
select name, layout, logical_shards, schema_pattern, key_type, routing_sql, map_epoch, map_ttl_seconds
  from shardhelm.cluster
