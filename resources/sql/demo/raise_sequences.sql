-- Moves the sequences of one set of demo tables past the generated ids. Same search_path as demo/tables, after the data.
SELECT setval(pg_get_serial_sequence('users', 'id'), greatest(1, (SELECT max(id) FROM users))),
       setval('project_id_seq', greatest(1, (SELECT max(id) FROM projects))),
       setval(pg_get_serial_sequence('orders', 'id'), greatest(1, (SELECT max(id) FROM orders))),
       setval('audit_event_id_seq', greatest(1, (SELECT max(id) FROM audit_events)));
