-- How is the server set up, where does each setting come from, and which ones wait for a restart?
-- Anyone who may connect; file and line are null without pg_read_all_settings. Settings of this session are left out,
-- as are those of extensions that other servers may not have loaded, unless they were set.
SELECT s.name,
       s.reset_val AS value,
       coalesce(s.unit, '') AS unit,
       s.source,
       s.sourcefile AS file,
       s.sourceline AS line,
       s.pending_restart,
       s.context,
       s.short_desc AS description,
       s.boot_val IS NOT DISTINCT FROM s.reset_val AS is_default
  FROM pg_settings AS s
 WHERE s.source NOT IN ('session', 'client')
 ORDER BY s.name
