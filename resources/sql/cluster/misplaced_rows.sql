-- Rows of a table whose key does not fulfil a predicate (all in place of marks), and a few of their keys. Needs SELECT on the
-- table.
select count(*), array(select distinct m.key from (select @column@::text as key from @table@ where (@predicate@) is not true
                                                   limit 1000) as m
                       limit 5)
from @table@
where (@predicate@) is not true
