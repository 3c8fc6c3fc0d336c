-- Logical shards on the move, with the instances that may hold a copy of them. Whoever may read the journal may run it.
select logical_shard, source, target from shardhelm.move where finished_at is null
