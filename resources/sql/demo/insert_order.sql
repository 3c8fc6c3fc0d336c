-- An order of tenant $1, made by operation $2, for user $3; $4: a number to vary the values by.
INSERT INTO {schema}.orders (tenant_id, user_id, status, currency, attributes, op)
VALUES ($1::bigint, $3::bigint, 'placed', (ARRAY['EUR', 'USD', 'GBP'])[1 + $4::bigint % 3],
        jsonb_build_object('channel', 'load', 'priority', $4::bigint % 4), $2::uuid)
RETURNING id
