-- The tenant of a user's e-mail address $1 (rows layout). Goes into the demo's cluster file; needs SELECT on app.users.
SELECT tenant_id FROM app.users WHERE email = $1
