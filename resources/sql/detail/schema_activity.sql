-- How many rows were read and written in each of the schemas $1 (text[]) since the statistics were reset?
-- Anyone who may connect.
SELECT s.schemaname AS schema,
       extract(epoch FROM clock_timestamp())::float8 AS now,
       sum(coalesce(s.seq_tup_read, 0) + coalesce(s.idx_tup_fetch, 0))::float8 AS read,
       sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del)::float8 AS written
  FROM pg_stat_user_tables AS s
 WHERE s.schemaname = ANY ($1::text[])
 GROUP BY 1
