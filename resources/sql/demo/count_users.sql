-- Generated users per tenant in one set of demo tables: how the load chooses tenants. Rows that a load made do not count.
SELECT tenant_id, count(*) FROM {schema}.users WHERE op IS NULL GROUP BY tenant_id
