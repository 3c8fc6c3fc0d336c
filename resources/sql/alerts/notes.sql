-- Which alerts were raised, cleared, acknowledged or muted in the last 30 days? Needs SELECT on shardhelm.operation.
SELECT extract(epoch FROM at)::float8 AS at, who, host, what, detail
  FROM shardhelm.operation
 WHERE what LIKE 'alert %'
   AND at > now() - interval '30 days'
 ORDER BY id
