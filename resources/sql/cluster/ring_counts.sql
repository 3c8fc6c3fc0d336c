-- The fewest virtual nodes that a logical shard of the ring has. Whoever may read the map may run it.
select min(points) from (select count(*) as points from shardhelm.route_ring group by logical_shard) as counts
