-- Who did what, and when? $1 and $2: from and until (seconds since 1970, or null), $3: beginning of `what` or null,
-- $4: name of an instance or null, $5: most rows. Newest first. Needs SELECT on shardhelm.operation.
SELECT o.id, extract(epoch FROM o.at)::float8 AS at, o.who, o.host, o.what, o.detail
  FROM shardhelm.operation AS o
 WHERE ($1::float8 IS NULL OR o.at >= to_timestamp($1::float8))
   AND ($2::float8 IS NULL OR o.at < to_timestamp($2::float8))
   AND ($3::text IS NULL OR starts_with(o.what, $3::text))
   AND ($4::text IS NULL
        OR EXISTS (SELECT FROM jsonb_each_text(o.detail) AS d
                    WHERE d.key IN ('instance', 'server', 'name', 'from', 'to', 'source', 'target')
                      AND (d.value = $4::text OR d.value LIKE $4::text || '/%')))
 ORDER BY o.id DESC
 LIMIT $5::bigint
