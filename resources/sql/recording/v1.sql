-- The schema of a recording, a SQLite file. Times are milliseconds since 1970, UTC. application_id and user_version
-- (1) are set by the code.

-- What the file says of itself: cluster, environment, interval_ms, program.
create table meta (
  name text primary key,
  value text not null
) without rowid;

-- Numbers of the servers.
create table server (
  id integer primary key,
  name text not null unique
);

-- Numbers of the metrics, by their stable keys.
create table metric (
  id integer primary key,
  name text not null unique
);

-- Figures, many rows packed into one blob (figureblock.h). level 0: every sample; 1: points of 30 seconds.
create table block (
  id integer primary key,
  level integer not null,
  from_ms integer not null,
  to_ms integer not null,
  data blob not null
);
create index block_time on block (level, from_ms);

-- What is no number, once per change: CBOR maps with their version as "v". server 0 is the fleet.
create table fact (
  id integer primary key,
  at_ms integer not null,
  server integer not null,
  kind text not null,
  data blob not null
);
create index fact_time on fact (kind, server, at_ms);

-- Moments that somebody has named.
create table marker (
  at_ms integer not null,
  text text not null,
  who text not null,
  host text not null,
  primary key (at_ms, text)
) without rowid;
