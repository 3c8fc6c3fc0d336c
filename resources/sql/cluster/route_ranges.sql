-- Range routing of the directory, ascending by the lower bound as a key, in place of a mark. Whoever may read the map may run it.
select lower_bound, logical_shard from shardhelm.route_range order by @order@ nulls first
