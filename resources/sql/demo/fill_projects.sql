-- Projects of the tenants $1 (ids), $2 of each; $3: their numbers of users. $4: seed, $5: newest time stamp.
-- Same search_path as demo/tables, after demo/fill_users.
INSERT INTO projects (tenant_id, id, name, plan_id, owner_id, labels, settings, archived, created_at)
SELECT t.tenant, n,
       (ARRAY['Website', 'Warehouse', 'Billing', 'Mobile app', 'Migration', 'Helpdesk', 'Catalogue', 'Reporting'])
           [1 + (h.a & 7)] || ' ' || n,
       CASE WHEN t.users > 1000 THEN 4 WHEN t.users > 100 THEN 3 WHEN t.users > 10 THEN 2 ELSE 1 END,
       1 + (h.a >> 8) % t.users,
       CASE h.a & 3 WHEN 0 THEN ARRAY['internal'] WHEN 1 THEN ARRAY['customer', 'eu'] ELSE '{}' END,
       jsonb_build_object('retention_days', 30 * (1 + ((h.a >> 20) & 7)), 'notify', (h.a >> 24) & 1 = 0),
       (h.a >> 25) & 15 = 0,
       $5::timestamptz - make_interval(secs => ((h.a >> 12) & 33554431)::double precision)
  FROM unnest($1::bigint[], $2::integer[], $3::integer[]) AS t(tenant, projects, users)
 CROSS JOIN LATERAL generate_series(1, t.projects) AS n
 CROSS JOIN LATERAL (SELECT hashint8extended(n, hashint8extended(t.tenant, $4::bigint + 1)) & 9223372036854775807) AS h(a)
