-- The virtual nodes of a consistent-hash ring: $1 logical shards with $2 points each. A point is the hash of
-- 'shard:node'; should two fall together, the lower shard has it. Anyone may run it.
select distinct on (point) point, shard
from (select hashtextextended(shard::text || ':' || node::text, 0) & 9223372036854775807 as point, shard
      from generate_series(0, $1::int - 1) as shard, generate_series(1, $2::int) as node) as nodes
order by point, shard
