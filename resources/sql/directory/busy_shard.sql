-- $1 int[]: logical shards. Those of them with an open move up to and including its window, with move and phase.
-- For roles that may read the journal.
select logical_shard, id, phase
  from shardhelm.move
 where logical_shard = any ($1::int[])
   and finished_at is null
   and phase not in ('teardown', 'rolled back')
 order by logical_shard
 limit 1
