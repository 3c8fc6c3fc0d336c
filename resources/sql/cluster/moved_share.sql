-- What share of keys changes its instance when one is added to $1 instances, measured on the sample keys k with their hash
-- in place of two marks: on a ring of instances with $3 virtual nodes each, with $2 logical shards of which the fewest
-- possible move (the fullest instances give), and with the hash taken modulo the number of instances. Anyone may run it.
with hashes as materialized (
  select @hash@ as hash from (@samples@) as k
),
nodes as (
  select instance, hashtextextended(instance::text || ':' || node::text, 0) & 9223372036854775807 as point
  from generate_series(0, $1::int) as instance, generate_series(1, $3::int) as node
),
rings as materialized (
  -- A threshold is the hash after a point: the points below a hash are the thresholds at or below it.
  select array_agg(point + 1 order by point) filter (where instance < $1::int) as few_points,
         array_agg(instance order by point) filter (where instance < $1::int) as few_owners,
         array_agg(point + 1 order by point) as many_points,
         array_agg(instance order by point) as many_owners
  from nodes
),
moved as materialized (
  select coalesce(array_agg(shard), '{}') as shards
  from (select shard from generate_series(0, $2::int - 1) as shard
        order by row_number() over (partition by shard % $1::int order by shard) desc, shard
        limit $2::int / ($1::int + 1)) as given
)
select count(*),
       avg((few_owners[width_bucket(hash, few_points) % cardinality(few_owners) + 1]
            <> many_owners[width_bucket(hash, many_points) % cardinality(many_owners) + 1])::int)::float8 as ring,
       avg((hash % $2::int = any (moved.shards))::int)::float8 as logical_shards,
       avg((hash % $1::int <> hash % ($1::int + 1))::int)::float8 as modulo
from hashes, rings, moved
