-- Which of the statements seen by pg_stat_statements are the console's own samples? They carry a mark in their text.
-- Needs pg_stat_statements and pg_read_all_stats. Reads all texts: once per connection, not per sample.
SELECT DISTINCT s.userid::text || '/' || s.queryid::text AS key
  FROM pg_stat_statements AS s
 WHERE s.queryid IS NOT NULL
   AND s.query LIKE '/* shardhelm/monitor */%'
