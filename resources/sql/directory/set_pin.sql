-- $1 tenant, $2 logical shard: pins the tenant there and raises the pin's epoch. For roles that may change the map.
insert into shardhelm.tenant_pin as pin (tenant, logical_shard)
values ($1, $2::int)
on conflict (tenant) do update set logical_shard = excluded.logical_shard, epoch = pin.epoch + 1
