-- What are the texts of the statements $1 (bigint[], identifiers) of the databases $2 (oid[])? :schema is the quoted
-- schema of pg_stat_statements. Needs pg_read_all_stats. Loads the file of texts on the server: only for those that
-- are not known yet.
SELECT DISTINCT ON (s.dbid, s.queryid)
       s.dbid::bigint AS dbid,
       s.queryid,
       left(s.query, 20000) AS query
  FROM :schema.pg_stat_statements(true) AS s
 WHERE s.queryid = ANY ($1::bigint[])
   AND s.dbid = ANY ($2::oid[])
 ORDER BY s.dbid, s.queryid
