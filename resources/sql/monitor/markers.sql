-- Markers of the journal from $1 (ms since 1970) on: moments that somebody has named, by the time they are about.
-- Run by any role that may read shardhelm.operation.
select (extract(epoch from m.about) * 1000)::bigint as at_ms, m.text, m.who, m.host
  from (select coalesce((detail ->> 'at')::timestamptz, at) as about, detail ->> 'text' as text, who, host, at, id
          from shardhelm.operation
         where what = 'marker') as m
 where m.about >= to_timestamp($1::bigint / 1000.0)
 order by m.about, m.id
 limit 1000
