-- The instances of the map, by name. For roles that may read schema shardhelm.
select name, conninfo, peer_conninfo, direct_conninfo, replica_conninfos, zone, capacity_bytes, weight, state, dedicated,
       identity
  from shardhelm.instance
 order by name collate "C"
