-- Gives the map an epoch above every one that a router may hold of it: above the one recorded and above the Unix time,
-- which changes of the map never outrun. For the owner of the directory.
update shardhelm.cluster
   set map_epoch = greatest(map_epoch + 1, ceil(extract(epoch from clock_timestamp()))::bigint)
returning map_epoch
