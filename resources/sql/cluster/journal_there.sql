-- Whether this database has the journal of moves. Anyone may run it.
select to_regclass('shardhelm.move') is not null
