-- List routing of the directory in the order @order@. Whoever may read the map may run it.
select value, logical_shard from shardhelm.route_list order by @order@
