-- Makes the running transaction wait for its flush here and on synchronous standbys, whatever the role's default is; a
-- stronger default stays. Run by anyone.
select set_config('synchronous_commit',
                  case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end,
                  true)
