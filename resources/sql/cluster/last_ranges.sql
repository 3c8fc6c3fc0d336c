-- The last two ranges of a range routing over numbers, the last first. Whoever may read the map may run it.
select logical_shard, lower_bound from shardhelm.route_range order by lower_bound::numeric desc nulls last limit 2
