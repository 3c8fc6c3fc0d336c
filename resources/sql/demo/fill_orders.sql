-- Orders of the tenants $1 (ids), $2 of each; $3, $4: their numbers of users and projects. $5: seed, $6: newest time
-- stamp. Same search_path as demo/tables, after demo/fill_projects.
INSERT INTO orders (tenant_id, id, user_id, project_id, status, currency, note, attributes, placed_at)
SELECT t.tenant, n,
       1 + (h.a >> 3) % t.users,
       CASE WHEN h.a & 3 <> 0 THEN 1 + (h.a >> 7) % t.projects END,
       (ARRAY['draft', 'placed', 'paid', 'paid', 'shipped', 'shipped', 'shipped', 'cancelled'])
           [1 + ((h.a >> 11) & 7)]::app.order_status,
       (ARRAY['EUR', 'EUR', 'EUR', 'USD', 'USD', 'GBP', 'CHF', 'JPY'])[1 + ((h.a >> 14) & 7)],
       CASE WHEN (h.a >> 17) & 15 = 0 THEN 'Please deliver before noon' END,
       jsonb_build_object('channel', (ARRAY['web', 'api', 'phone', 'partner'])[1 + ((h.a >> 21) & 3)],
                          'priority', (h.a >> 23) & 3),
       $6::timestamptz - make_interval(secs => ((h.a >> 12) & 33554431)::double precision)
  FROM unnest($1::bigint[], $2::integer[], $3::integer[], $4::integer[]) AS t(tenant, orders, users, projects)
 CROSS JOIN LATERAL generate_series(1, t.orders) AS n
 CROSS JOIN LATERAL (SELECT hashint8extended(n, hashint8extended(t.tenant, $5::bigint + 2)) & 9223372036854775807) AS h(a)
