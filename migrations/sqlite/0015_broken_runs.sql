-- The list of workflows shows the last run of each that broke.
create index run_broken on run (workflow_id, ended_at desc, id desc)
    where reason in ('internal_error', 'send_failed') and not test;
