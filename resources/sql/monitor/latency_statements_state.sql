-- When is it on the server, and how many entries has pg_stat_statements dropped so far? Read with its entries.
-- :schema is the quoted schema of the extension. Anyone who may connect.
SELECT extract(epoch FROM clock_timestamp())::float8 AS now,
       i.dealloc AS evictions
  FROM :schema.pg_stat_statements_info AS i
