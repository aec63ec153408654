-- What came in at each turn of a run, and what it sent or called.
alter table run_line add column input text;
alter table run_line add column ticket blob;

-- What is left of a deleted workflow: contacts' runs of it keep their reason.
create table deleted_workflow (
    id          blob    not null primary key,
    name        text    not null,
    -- The names of its steps, by version and step.
    steps       text    not null,
    deleted_at  bigint  not null
);

create table deleted_run (
    id              blob    not null primary key,
    workflow_id     blob    not null references deleted_workflow (id),
    contact_id      blob    not null references contact (id),
    conversation_id blob    not null references conversation (id),
    version         bigint  not null,
    state           text    not null,
    started_at      bigint  not null
);
create index deleted_run_conversation on deleted_run (conversation_id, started_at desc, id desc);
