-- What people write before, beside and along with answers: drafts, notes for the team, files to send.

-- One sheet per conversation and person. An empty one stays for a while, so that a browser that was away learns of it.
create table draft (
    conversation_id uuid    not null references conversation (id),
    person_id       uuid    not null references person (id),
    reply           text    not null,
    note            text    not null,
    files           text    not null,
    version         bigint  not null,
    updated_at      bigint  not null,
    primary key (conversation_id, person_id)
);
create index draft_person on draft (person_id, updated_at desc);

create table note (
    id              uuid    not null primary key,
    conversation_id uuid    not null references conversation (id),
    person_id       uuid    references person (id),
    author_name     text    not null,
    text            text    not null,
    mentions        text    not null,
    at              bigint  not null
);
create index note_thread on note (conversation_id, at desc, id desc);

create table notification (
    id              uuid    not null primary key,
    person_id       uuid    not null references person (id),
    conversation_id uuid    not null references conversation (id),
    note_id         uuid    not null references note (id),
    reason          text    not null,
    at              bigint  not null,
    seen_at         bigint,
    unique (person_id, note_id)
);
create index notification_newest on notification (person_id, at desc, id desc);

-- A file somebody attached. `sent_in`: the message it left in; without one it is forgotten after a while.
create table upload (
    id              uuid    not null primary key,
    person_id       uuid    not null references person (id),
    name            text    not null,
    kind            text    not null,
    mime            text    not null,
    size            bigint  not null,
    created_at      bigint  not null,
    sent_in         uuid,
    -- Meta's name for it, with the page it belongs to. Meta forgets it after 90 days.
    at_page         text,
    at_meta         text,
    at_meta_since   bigint
);
create index upload_unsent on upload (created_at) where sent_in is null;
