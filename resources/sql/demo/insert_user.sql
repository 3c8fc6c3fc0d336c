-- A user of tenant $1, made by operation $2; $3: a number to vary the values by.
INSERT INTO {schema}.users (tenant_id, email, name, country, tags, settings, op)
VALUES ($1::bigint, format('%s@load.example', $2::uuid), 'Load user ' || $3::bigint,
        (ARRAY['AT', 'DE', 'FR', 'JP', 'US'])[1 + $3::bigint % 5], ARRAY['load'],
        jsonb_build_object('page_size', $3::bigint % 100), $2::uuid)
RETURNING id
