-- Workflows with their frozen versions and runs, and what their steps need: contact fields, tags, business hours.

create table contact_field (
    key         text    not null primary key,
    name        text    not null,
    kind        text    not null,
    options     text    not null,
    created_at  bigint  not null
);

create table contact_value (
    contact_id  uuid    not null references contact (id),
    key         text    not null,
    value       text    not null,
    updated_at  bigint  not null,
    primary key (contact_id, key)
);
create index contact_value_key on contact_value (key);

create table tag (
    folded      text    not null primary key,
    name        text    not null,
    created_at  bigint  not null
);

create table contact_tag (
    contact_id  uuid    not null references contact (id),
    folded      text    not null references tag (folded),
    primary key (contact_id, folded)
);
create index contact_tag_tag on contact_tag (folded);

create table schedule (
    id      uuid    not null primary key,
    name    text    not null,
    hours   text    not null
);

create table workflow (
    id              uuid    not null primary key,
    name            text    not null,
    -- Without its case: names are unique.
    name_folded     text    not null unique,
    description     text    not null,
    status          text    not null,
    settings        text    not null,
    graph           text    not null,
    -- The trigger's word; what happens looks for published workflows by it.
    trigger_kind    text,
    -- Counts saves; a writer who read an older one is told so.
    revision        bigint  not null,
    -- The newest published version, 0 before the first.
    version         bigint  not null,
    created_by      text    not null,
    created_at      bigint  not null,
    published_by    text,
    published_at    bigint
);
create index workflow_live on workflow (trigger_kind, id) where status = 'published';

create table workflow_version (
    workflow_id     uuid    not null references workflow (id),
    version         bigint  not null,
    graph           text    not null,
    published_by    text    not null,
    published_at    bigint  not null,
    primary key (workflow_id, version)
);

-- What somebody builds and has not saved.
create table working_copy (
    workflow_id uuid    not null references workflow (id),
    person_id   uuid    not null references person (id),
    graph       text    not null,
    -- The revision it began from.
    revision    bigint  not null,
    updated_at  bigint  not null,
    primary key (workflow_id, person_id)
);

create table run (
    id              uuid    not null primary key,
    workflow_id     uuid    not null references workflow (id),
    version         bigint  not null,
    contact_id      uuid    not null references contact (id),
    conversation_id uuid    not null references conversation (id),
    -- going, waiting or ended
    phase           text    not null,
    step            bigint,
    wait            text,
    until           bigint,
    -- What the call is that it waits for: its answer names this.
    ticket          uuid,
    state           text    not null,
    found           text    not null,
    jumps           text    not null,
    lines           bigint  not null,
    test            boolean not null,
    started_at      bigint  not null,
    ended_at        bigint,
    reason          text
);
-- A contact is enrolled once (WF-76); a test does not stand in its way.
create unique index run_enrolled on run (workflow_id, contact_id) where phase <> 'ended' and not test;
create index run_conversation on run (conversation_id, started_at desc, id desc);
create index run_going on run (conversation_id) where phase <> 'ended';
create index run_due on run (until) where phase = 'waiting';
create index run_ready on run (started_at, id) where phase = 'going';
create index run_waiting on run (wait) where phase = 'waiting';
create index run_of_workflow on run (workflow_id, started_at desc, id desc);
create index run_ticket on run (ticket) where ticket is not null;

-- A row per turn, so that every run can be explained.
create table run_line (
    run_id  uuid    not null references run (id),
    n       bigint  not null,
    at      bigint  not null,
    step    bigint  not null,
    because text    not null,
    found   text    not null,
    effects text    not null,
    way     text,
    primary key (run_id, n)
);

-- Who ever entered what, also while "once per contact" was off.
create table enrolment (
    workflow_id uuid    not null references workflow (id),
    contact_id  uuid    not null references contact (id),
    first_at    bigint  not null,
    primary key (workflow_id, contact_id)
);

create table non_start (
    id              uuid    not null primary key,
    workflow_id     uuid    not null references workflow (id),
    contact_id      uuid    not null references contact (id),
    at              bigint  not null,
    reason          text    not null,
    detail          text    not null
);
create index non_start_contact on non_start (contact_id, at desc);
create index non_start_age on non_start (at);

-- Who was given a conversation when: the next one goes to who got none for the longest time.
create table assigned (
    person_id   uuid    not null primary key references person (id),
    at          bigint  not null
);

-- A test that is going on: its code starts a run of what is frozen here.
create table workflow_test (
    workflow_id uuid    not null primary key references workflow (id),
    code        text    not null unique,
    page_id     text    not null references page (id),
    variables   text    not null,
    graph       text    not null,
    started_by  text    not null,
    started_at  bigint  not null
);

-- Services workflows use.
create table connection (
    name        text    not null primary key,
    kind        text    not null,
    address     text    not null,
    model       text    not null,
    -- Sealed.
    secret      text    not null,
    updated_at  bigint  not null
);
