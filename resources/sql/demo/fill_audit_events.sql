-- Audit events of the tenants $1 (ids), $2 of each; $3: their numbers of users. $4: seed, $5: newest time stamp.
-- Same search_path as demo/tables.
INSERT INTO audit_events (tenant_id, id, at, actor_id, action, payload)
SELECT t.tenant, n,
       $5::timestamptz - make_interval(secs => ((h.a >> 12) & 33554431)::double precision),
       1 + (h.a >> 3) % t.users,
       (ARRAY['login', 'login', 'order.placed', 'order.paid', 'project.created', 'user.invited', 'export', 'logout'])
           [1 + (h.a & 7)],
       jsonb_build_object('ip', format('10.%s.%s.%s', (h.a >> 8) & 255, (h.a >> 16) & 255, (h.a >> 24) & 255),
                          'ms', (h.a >> 32) & 1023)
  FROM unnest($1::bigint[], $2::integer[], $3::integer[]) AS t(tenant, events, users)
 CROSS JOIN LATERAL generate_series(1, t.events) AS n
 CROSS JOIN LATERAL (SELECT hashint8extended(n, hashint8extended(t.tenant, $4::bigint + 4)) & 9223372036854775807) AS h(a)
