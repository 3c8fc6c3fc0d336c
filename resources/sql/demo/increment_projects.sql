-- Counts up project $2 of tenant $1, inserted by operation $3.
UPDATE {schema}.projects
   SET version = version + 1, labels = ARRAY['load', 'v' || (version + 1)]
 WHERE tenant_id = $1::bigint AND id = $2::bigint AND op = $3::uuid
RETURNING version
