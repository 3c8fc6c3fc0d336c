-- $1 instance: what still needs it, one row each: logical shards it owns, open moves it takes part in, objects of ended
-- moves that are owed a clean-up. For roles that may read the journal.
select 'logical shards ' || string_agg(id::text, ', ' order by id) as use
  from shardhelm.logical_shard
 where instance = $1
having count(*) > 0
union all
select 'move ' || id
  from shardhelm.move
 where finished_at is null and $1 in (source, target)
union all
select 'owed by move ' || move_id || ': ' || kind || ' ' || name
  from shardhelm.move_resource
 where instance = $1 and policy = 'owed' and dropped_at is null
