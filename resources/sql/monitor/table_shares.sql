-- How large is a table with its indexes and partitions, and how many of its rows belong to each logical shard?
-- :table is the table's quoted name, :counts a list of count(*) FILTER (WHERE predicate of a shard).
-- Needs SELECT on the table. Reads at most 2048 blocks, spread at random; larger tables are sampled: on demand only.
WITH member AS (
    -- pg_partition_tree knows nothing of a table that is not partitioned.
    SELECT :literal::regclass AS relid
     UNION
    SELECT relid FROM pg_partition_tree(:literal::regclass)
), size AS (
    SELECT sum(pg_total_relation_size(relid))::bigint AS bytes,
           sum(pg_relation_size(relid)) AS heap
      FROM member
)
SELECT (SELECT bytes FROM size) AS size_bytes,
       count(*) AS sampled
       :counts
  FROM :table AS t
       TABLESAMPLE SYSTEM ((SELECT least(100, 100.0 * 2048 * current_setting('block_size')::int
                                              / greatest(heap, 1)) FROM size))
