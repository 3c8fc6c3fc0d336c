-- The tenant of a user's e-mail address $1 (schema layout). Goes into the demo's cluster file; runs once per logical shard
-- with the shard's schema on the search path; needs SELECT on users there.
SELECT tenant_id FROM users WHERE email = $1
