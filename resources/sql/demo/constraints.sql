-- Indexes, unique constraints, foreign keys and the view of one set of sharded tables (demo/tables), added after the
-- data because that is several times faster. Same search_path as demo/tables.
ALTER TABLE users ADD UNIQUE (tenant_id, email);
ALTER TABLE users ADD FOREIGN KEY (country) REFERENCES app.countries (code);
ALTER TABLE projects ADD FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id) ON DELETE SET NULL (owner_id);
ALTER TABLE projects ADD FOREIGN KEY (plan_id) REFERENCES app.plans (id);
ALTER TABLE orders ADD UNIQUE (tenant_id, number);
ALTER TABLE orders ADD FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id);
ALTER TABLE orders ADD FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id);
ALTER TABLE orders ADD FOREIGN KEY (currency) REFERENCES app.currencies (code);
ALTER TABLE order_items ADD FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id) ON DELETE CASCADE;
ALTER TABLE order_items ADD FOREIGN KEY (sku) REFERENCES app.skus (sku);

CREATE INDEX users_email_idx ON users (email);
CREATE INDEX projects_owner_idx ON projects (tenant_id, owner_id);
CREATE INDEX projects_labels_idx ON projects USING gin (labels);
CREATE INDEX orders_user_idx ON orders (tenant_id, user_id);
CREATE INDEX orders_project_idx ON orders (tenant_id, project_id);
CREATE INDEX orders_recent_idx ON orders (tenant_id, placed_at DESC) WHERE status <> 'cancelled';
CREATE INDEX orders_number_idx ON orders (number);
CREATE INDEX audit_events_op_idx ON audit_events (tenant_id, op) WHERE op IS NOT NULL;

CREATE VIEW open_orders AS
SELECT o.tenant_id, o.id, o.number, o.status, o.placed_at, u.email, sum(i.amount_cents) AS amount_cents
  FROM orders o
  JOIN users u ON u.tenant_id = o.tenant_id AND u.id = o.user_id
  LEFT JOIN order_items i ON i.tenant_id = o.tenant_id AND i.order_id = o.id
 WHERE o.status IN ('draft', 'placed', 'paid')
 GROUP BY o.tenant_id, o.id, o.number, o.status, o.placed_at, u.email;
