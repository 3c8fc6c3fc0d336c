-- Appends a note about an alert to the journal: $1 host, $2 what, $3 detail. What is raised already is not raised again,
-- and only what is raised is cleared: no row then. The caller holds the advisory lock of the notes, taken by a statement
-- before, so that consoles that see the same thing take turns. Needs INSERT and SELECT on shardhelm.operation.
WITH last AS (
    SELECT o.what
      FROM shardhelm.operation AS o
     WHERE o.what IN ('alert raised', 'alert cleared')
       AND o.at > now() - interval '30 days'
       AND o.detail ->> 'rule' IS NOT DISTINCT FROM $3::jsonb ->> 'rule'
       AND o.detail ->> 'server' IS NOT DISTINCT FROM $3::jsonb ->> 'server'
     ORDER BY o.id DESC
     LIMIT 1
)
INSERT INTO shardhelm.operation (host, what, detail)
SELECT $1, $2, $3::jsonb
 WHERE CASE $2 WHEN 'alert raised' THEN coalesce((SELECT last.what FROM last), '') <> 'alert raised'
               WHEN 'alert cleared' THEN coalesce((SELECT last.what FROM last), '') = 'alert raised'
               ELSE true END
RETURNING id
