-- Second copies of logical shards that the journal of moves accounts for: both ends of every open move, data kept on
-- purpose, what is owed to an instance that was gone. Directory database, a role that may read schema shardhelm.
SELECT m.logical_shard, m.tenant, place.instance
  FROM shardhelm.move m
 CROSS JOIN LATERAL (VALUES (m.source), (m.target)) AS place(instance)
 WHERE m.finished_at IS NULL
    OR m.keep_data
    OR EXISTS (SELECT FROM shardhelm.move_resource r
                WHERE r.move_id = m.id AND r.instance = place.instance AND r.dropped_at IS NULL
                  AND r.policy IN ('keep', 'owed'))
