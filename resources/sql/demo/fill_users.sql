-- Users of the tenants $1 (ids), $2 of each (counts). $3: seed, $4: newest time stamp. Same search_path as demo/tables.
-- Every value is a hash of tenant, number and seed: the same call makes the same rows.
INSERT INTO users (tenant_id, id, email, name, country, tags, settings, created_at)
SELECT t.tenant, n,
       format('%s.%s@tenant%s.example', lower(f.first), n, t.tenant),
       f.first || ' ' || (ARRAY['Abel', 'Berg', 'Cruz', 'Dahl', 'Egger', 'Frost', 'Gupta', 'Haas', 'Ito', 'Jansen', 'Klein',
                                'Lund', 'Moser', 'Novak', 'Olsen', 'Price'])[1 + ((h.a >> 8) & 15)],
       (ARRAY['AT', 'AU', 'BE', 'BR', 'CA', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IN', 'IT', 'JP', 'NL',
              'NO', 'PL', 'PT', 'SE', 'SG', 'US'])[1 + ((h.a >> 16) & 2047) % 24],
       CASE WHEN n = 1 THEN ARRAY['owner'] WHEN h.a & 7 = 0 THEN ARRAY['admin', 'beta'] ELSE '{}' END,
       jsonb_build_object('theme', (ARRAY['light', 'dark', 'system'])[1 + ((h.a >> 32) & 255) % 3],
                          'page_size', 25 * (1 + ((h.a >> 40) & 3))),
       $4::timestamptz - make_interval(secs => ((h.a >> 12) & 33554431)::double precision)
  FROM unnest($1::bigint[], $2::integer[]) AS t(tenant, users)
 CROSS JOIN LATERAL generate_series(1, t.users) AS n
 CROSS JOIN LATERAL (SELECT hashint8extended(n, hashint8extended(t.tenant, $3::bigint)) & 9223372036854775807) AS h(a)
 CROSS JOIN LATERAL (SELECT (ARRAY['Ada', 'Boris', 'Chen', 'Dora', 'Emil', 'Fatima', 'Goran', 'Hana', 'Ivan', 'Jaya', 'Kofi',
                                   'Lena', 'Marta', 'Noor', 'Oskar', 'Priya'])[1 + (h.a & 15)]) AS f(first)
