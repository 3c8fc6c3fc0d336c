-- A project of tenant $1, made by operation $2; $3: a number to vary the values by.
INSERT INTO {schema}.projects (tenant_id, name, plan_id, labels, settings, op)
VALUES ($1::bigint, 'Load project ' || $3::bigint, 1 + $3::bigint % 4, ARRAY['load'],
        jsonb_build_object('retention_days', $3::bigint % 365), $2::uuid)
RETURNING id
