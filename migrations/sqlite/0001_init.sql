-- Ids of ours are uuids of 16 bytes, Meta's ids are text, times are milliseconds since 1970 UTC, JSON is text that SQL
-- never looks into. The PostgreSQL folder describes the same tables; a test compares both.

create table meta_app (
    id              text    not null primary key,
    app_secret      text    not null,
    verify_token    text    not null
);

create table known_app (
    id      text    not null primary key,
    name    text    not null
);

create table page (
    id              text    not null primary key,
    name            text    not null,
    app_id          text    not null references meta_app (id),
    access_token    text    not null,
    health_state    text    not null,
    health_reason   text,
    health_since    bigint,
    created_at      bigint  not null,
    last_event_at   bigint
);

create table person (
    id              blob    not null primary key,
    email           text    not null unique,
    name            text    not null,
    role            text    not null,
    password_hash   text,
    created_at      bigint  not null,
    active          boolean not null
);

create table team (
    id      blob    not null primary key,
    name    text    not null
);

create table team_member (
    team_id     blob    not null references team (id),
    person_id   blob    not null references person (id),
    primary key (team_id, person_id)
);

create table session (
    id          text    not null primary key,
    person_id   blob    references person (id),
    data        text    not null,
    expires_at  bigint  not null
);
create index session_person on session (person_id);
create index session_expiry on session (expires_at);

create table api_token (
    id              blob    not null primary key,
    name            text    not null,
    scope           text    not null,
    hash            text    not null unique,
    created_at      bigint  not null,
    last_used_at    bigint
);

create table contact (
    id          blob    not null primary key,
    page_id     text    not null references page (id),
    psid        text    not null,
    name        text,
    name_folded text,
    picture_url text,
    profile_at  bigint,
    unique (page_id, psid)
);

create table conversation (
    id                  blob    not null primary key,
    page_id             text    not null references page (id),
    psid                text    not null,
    contact_id          blob    not null references contact (id),
    status              text    not null,
    owner               text    not null,
    owner_app           text,
    unread              boolean not null,
    standing            text    not null,
    latest_at           bigint,
    latest_rank         bigint,
    latest_key          text,
    assignee            blob    references person (id),
    team                blob    references team (id),
    pending_kind        text,
    pending_by          blob    references person (id),
    pending_by_name     text,
    pending_until       bigint,
    last_message_id     blob,
    last_author_kind    text,
    last_author_id      text,
    last_author_name    text,
    last_preview        text,
    last_at             bigint,
    failed              bigint  not null,
    updated_at          bigint  not null,
    version             bigint  not null,
    unique (page_id, psid)
);
-- One index per list of the inbox, in the list's order.
create index conversation_all on conversation (updated_at desc, id desc);
create index conversation_status on conversation (status, updated_at desc, id desc);
create index conversation_mine on conversation (assignee, updated_at desc, id desc) where status = 'open';
create index conversation_unassigned on conversation (updated_at desc, id desc)
    where status = 'open' and owner <> 'bot' and assignee is null;
create index conversation_with_bot on conversation (updated_at desc, id desc)
    where status = 'open' and owner = 'bot';
-- The numbers beside the lists are counted in this index alone.
create index conversation_facts on conversation (status, owner, assignee, unread);

create table evidence (
    conversation_id blob    not null references conversation (id),
    key             text    not null,
    at              bigint  not null,
    rank            bigint  not null,
    what            text    not null,
    after_standing  text    not null,
    changed_owner   boolean not null,
    owner_app       text,
    by_person       blob,
    primary key (conversation_id, key)
);
create index evidence_story on evidence (conversation_id, at, rank, key);
create index evidence_changes on evidence (conversation_id, at, rank, key) where changed_owner;

create table message (
    id              blob    not null primary key,
    conversation_id blob    not null references conversation (id),
    page_id         text    not null references page (id),
    mid             text,
    -- Meta's time of a message of ours: receipts count by it.
    sent_at         bigint,
    at              bigint  not null,
    direction       text    not null,
    author_kind     text    not null,
    author_id       text,
    author_name     text,
    text            text,
    text_folded     text,
    attachments     text    not null,
    origin          text    not null,
    state           text    not null,
    error           text,
    tapped          text,
    reply_to        text,
    edits           bigint  not null,
    deleted         boolean not null,
    reaction        text,
    reaction_at     bigint,
    unique (page_id, mid)
);
create index message_thread on message (conversation_id, at desc, id desc);
create index message_unbound on message (conversation_id, at) where mid is null;

-- The receipts a conversation has had: one may come before Meta's answer to the message it is about.
create table receipt (
    conversation_id blob    not null references conversation (id),
    state           text    not null,
    watermark       bigint  not null,
    primary key (conversation_id, state)
);

create table inbound (
    id          blob    not null primary key,
    app_id      text    not null,
    body        blob    not null,
    received_at bigint  not null,
    state       text    not null
);
create index inbound_new on inbound (received_at, id) where state = 'new';
create index inbound_done on inbound (received_at) where state = 'done';

create table parked (
    id          blob    not null primary key,
    inbound_id  blob,
    page_id     text,
    item        text    not null,
    reason      text    not null,
    at          bigint  not null
);
create index parked_newest on parked (at desc, id desc);

-- n is the order in which the rows were made: rows of one conversation leave in it.
create table outbox (
    n               integer not null primary key,
    id              blob    not null unique,
    conversation_id blob    references conversation (id),
    page_id         text    not null references page (id),
    kind            text    not null,
    payload         text    not null,
    run_at          bigint  not null,
    locked_until    bigint,
    attempts        bigint  not null,
    started_at      bigint,
    started_before  bigint
);
create index outbox_order on outbox (conversation_id, n);
create index outbox_due on outbox (run_at);

create table timer (
    conversation_id blob    not null references conversation (id),
    kind            text    not null,
    due_at          bigint  not null,
    primary key (conversation_id, kind)
);
create index timer_due on timer (due_at);

create table counter (
    name    text    not null primary key,
    n       bigint  not null
);
insert into counter (name, n) values ('change', 0);

create table change (
    n       bigint  not null primary key,
    at      bigint  not null,
    body    text    not null
);
create index change_age on change (at);

create table seen (
    conversation_id blob    not null references conversation (id),
    person_id       blob    not null references person (id),
    at              bigint  not null,
    primary key (conversation_id, person_id)
);

create table audit (
    id              blob    not null primary key,
    at              bigint  not null,
    actor           text    not null,
    act             text    not null,
    conversation_id blob    references conversation (id),
    detail          text    not null
);
create index audit_conversation on audit (conversation_id, at);

create table setting (
    key     text    not null primary key,
    value   text    not null
);

-- What Meta told about a message before the message itself came: edits, withdrawals, reactions.
create table amendment (
    page_id     text    not null,
    mid         text    not null,
    key         text    not null,
    at          bigint  not null,
    what        text    not null,
    primary key (page_id, mid, key)
);
