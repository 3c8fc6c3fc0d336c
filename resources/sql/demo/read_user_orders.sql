-- User $2 of tenant $1 with the number of orders by status.
SELECT u.email, u.country, o.status, count(o.id)
  FROM {schema}.users u
  LEFT JOIN {schema}.orders o ON o.tenant_id = u.tenant_id AND o.user_id = u.id
 WHERE u.tenant_id = $1::bigint AND u.id = $2::bigint
 GROUP BY u.email, u.country, o.status
