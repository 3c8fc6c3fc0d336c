-- Which of the tables $2 stand in which of the schemas $1. Any role.
SELECT n.nspname, c.relname
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
 WHERE n.nspname = ANY ($1::text[]) AND c.relname = ANY ($2::text[])
 ORDER BY n.nspname, c.relname
