-- The id of the row that operation $2 of tenant $1 changed; no row: the operation has no effect.
SELECT (payload ->> 'id')::bigint FROM {schema}.audit_events WHERE tenant_id = $1::bigint AND op = $2::uuid LIMIT 1
