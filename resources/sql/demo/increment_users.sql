-- Counts up user $2 of tenant $1, inserted by operation $3.
UPDATE {schema}.users
   SET version = version + 1, settings = settings || jsonb_build_object('seen', version + 1)
 WHERE tenant_id = $1::bigint AND id = $2::bigint AND op = $3::uuid
RETURNING version
