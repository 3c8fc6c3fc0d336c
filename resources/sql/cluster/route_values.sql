-- List routing of the directory in the order given in place of a mark. Whoever may read the map may run it.
select value, logical_shard from shardhelm.route_list order by @order@
