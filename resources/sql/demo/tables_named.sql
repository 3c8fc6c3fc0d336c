-- Which tables of the name $1 hold the rows of this instance's logical shards: one per schema in schema layout, one in
-- rows layout. Quoted names, smallest schema first. Any role may run it.
SELECT c.oid::regclass::text
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relname = $1
   AND c.relkind IN ('r', 'p')
   AND n.nspname NOT LIKE 'pg\_%'
   AND n.nspname <> 'information_schema'
 ORDER BY n.nspname
