-- Which entries of pg_stat_statements are transaction control or the console's own statements? These are no latency of
-- the application. :schema is the quoted schema of the extension. Needs pg_read_all_stats. Reads all texts: seldom.
SELECT DISTINCT s.queryid
  FROM :schema.pg_stat_statements(true) AS s
 WHERE s.queryid IS NOT NULL
   AND (s.query LIKE '/* shardhelm/%'
        OR s.query ~* '^\s*(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction|set\s+transaction)\M[^;]*;?\s*$')
