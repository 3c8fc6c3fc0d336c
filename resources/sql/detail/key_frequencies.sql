-- Which values of the shard key are most frequent in each of the tables ($1 schemas, $2 tables, $3 key columns: text[]
-- of the same length), as the planner's statistics have it, and of how many rows? Tables that are not here give no row.
-- Frequencies need SELECT on the key column (permitted says whether); anyone who may connect sees the rest.
SELECT w.schema,
       w.name,
       has_column_privilege(c.oid, a.attnum, 'SELECT') AS permitted,
       CASE WHEN c.relkind = 'p'
            THEN (SELECT sum(p.reltuples) FILTER (WHERE p.reltuples >= 0)
                    FROM pg_partition_tree(c.oid) AS t
                    JOIN pg_class AS p ON p.oid = t.relid
                   WHERE t.isleaf)
            WHEN c.reltuples >= 0 THEN c.reltuples
       END::float8 AS estimated_rows,
       s.attname IS NOT NULL AS analysed,
       s.most_common_vals::text::text[] AS common,
       s.most_common_freqs::text[] AS frequencies
  FROM unnest($1::text[], $2::text[], $3::text[]) AS w(schema, name, key)
  JOIN pg_namespace AS n ON n.nspname = w.schema
  JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = w.name AND c.relkind IN ('r', 'p')
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = w.key AND NOT a.attisdropped
  LEFT JOIN pg_stats AS s ON s.schemaname = w.schema AND s.tablename = w.name AND s.attname = w.key
                         AND s.inherited = (c.relkind = 'p')
