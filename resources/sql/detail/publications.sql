-- Which publications does this database offer, and of what?
-- Anyone who may connect.
SELECT p.pubname AS name,
       pg_get_userbyid(p.pubowner) AS owner,
       p.puballtables AS all_tables,
       (SELECT count(*) FROM pg_publication_tables AS t WHERE t.pubname = p.pubname) AS tables,
       (SELECT count(*) FROM pg_publication_rel AS r WHERE r.prpubid = p.oid AND r.prqual IS NOT NULL) AS filtered,
       concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                 CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END) AS operations
  FROM pg_publication AS p
 ORDER BY p.pubname
