-- What operation $2 of tenant $1 did ($3) to the row with id $4: the mark by which its outcome is looked up.
INSERT INTO {schema}.audit_events (tenant_id, action, payload, op)
VALUES ($1::bigint, $3, jsonb_build_object('id', $4::bigint), $2::uuid)
