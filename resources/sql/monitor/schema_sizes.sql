-- How large is each of the schemas $1 (text[]) that exists here: tables with indexes and TOAST, materialized views?
-- Anyone who may connect. Asks the file system for every relation: on demand only.
SELECT n.nspname AS schema,
       coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint AS size_bytes
  FROM pg_namespace AS n
  LEFT JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'm')
 WHERE n.nspname = ANY ($1::text[])
 GROUP BY 1
