-- Reference tables and shared types of the demo, the same on every instance, in schema app (both layouts).
-- Run once per instance by its owner, inside a transaction. The contents are constants: instances never differ.
CREATE SCHEMA app;

CREATE DOMAIN app.email AS text CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+$');
CREATE TYPE app.order_status AS ENUM ('draft', 'placed', 'paid', 'shipped', 'cancelled');

CREATE TABLE app.countries (
    code text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
    name text NOT NULL UNIQUE,
    languages text[] NOT NULL
);

CREATE TABLE app.currencies (
    code text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
    name text NOT NULL,
    digits smallint NOT NULL CHECK (digits BETWEEN 0 AND 4)
);

CREATE TABLE app.plans (
    id integer PRIMARY KEY,
    name text NOT NULL UNIQUE,
    seats integer NOT NULL CHECK (seats > 0),
    price_cents bigint NOT NULL CHECK (price_cents >= 0),
    features jsonb NOT NULL
);

CREATE TABLE app.skus (
    sku text PRIMARY KEY,
    title text NOT NULL,
    price_cents bigint NOT NULL CHECK (price_cents > 0),
    attributes jsonb NOT NULL
);

INSERT INTO app.countries VALUES
    ('AT', 'Austria', '{de}'), ('AU', 'Australia', '{en}'), ('BE', 'Belgium', '{nl,fr,de}'),
    ('BR', 'Brazil', '{pt}'), ('CA', 'Canada', '{en,fr}'), ('CH', 'Switzerland', '{de,fr,it,rm}'),
    ('CZ', 'Czechia', '{cs}'), ('DE', 'Germany', '{de}'), ('DK', 'Denmark', '{da}'), ('ES', 'Spain', '{es}'),
    ('FI', 'Finland', '{fi,sv}'), ('FR', 'France', '{fr}'), ('GB', 'United Kingdom', '{en}'), ('IE', 'Ireland', '{en,ga}'),
    ('IN', 'India', '{hi,en}'), ('IT', 'Italy', '{it}'), ('JP', 'Japan', '{ja}'), ('NL', 'Netherlands', '{nl}'),
    ('NO', 'Norway', '{nb,nn}'), ('PL', 'Poland', '{pl}'), ('PT', 'Portugal', '{pt}'), ('SE', 'Sweden', '{sv}'),
    ('SG', 'Singapore', '{en,ms,zh,ta}'), ('US', 'United States', '{en}');

INSERT INTO app.currencies VALUES
    ('EUR', 'Euro', 2), ('USD', 'US dollar', 2), ('GBP', 'Pound sterling', 2), ('JPY', 'Yen', 0),
    ('CHF', 'Swiss franc', 2), ('SEK', 'Swedish krona', 2), ('BRL', 'Real', 2), ('INR', 'Indian rupee', 2);

INSERT INTO app.plans VALUES
    (1, 'Free', 3, 0, '{"sso": false, "audit_days": 7}'),
    (2, 'Team', 25, 4900, '{"sso": false, "audit_days": 30}'),
    (3, 'Business', 250, 29900, '{"sso": true, "audit_days": 365}'),
    (4, 'Enterprise', 10000, 199900, '{"sso": true, "audit_days": 3650, "dedicated": true}');

INSERT INTO app.skus
SELECT format('SKU-%s', to_char(n, 'FM0000')),
       (ARRAY['Adapter', 'Bracket', 'Cable', 'Dock', 'Enclosure', 'Fan', 'Gateway', 'Hub'])[1 + n % 8] || ' ' || n,
       199 + (hashint8extended(n, 11) & 65535),
       jsonb_build_object('weight_g', 20 + (hashint8extended(n, 13) & 4095), 'fragile', n % 7 = 0)
  FROM generate_series(1, 200) AS n;
