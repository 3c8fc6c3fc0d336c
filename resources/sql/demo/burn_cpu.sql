-- Keeps one core busy for hours without touching disk or memory: the inner rows stream. Any role may run it.
SELECT count(hashint8extended(i, 0))
  FROM (SELECT generate_series(1, 1000000000000::bigint) AS i) AS numbers
