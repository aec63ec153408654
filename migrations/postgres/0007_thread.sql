-- What a thread shows besides words: files, edits, what happened. The bytes of files lie in the media store under their id.

create table media (
    id              uuid    not null primary key,
    -- Who may see the conversation may see the file. None: everybody of the team.
    conversation_id uuid    references conversation (id),
    message_id      uuid    references message (id),
    contact_id      uuid    references contact (id),
    -- Which attachment of the message, and which part of it: empty for the attachment itself.
    position        bigint  not null,
    part            text    not null,
    state           text    not null,
    -- Where Meta keeps it, for as long as it has to be fetched from there.
    source          text,
    kind            text,
    name            text,
    bytes           bigint,
    width           bigint,
    height          bigint,
    problem         text,
    attempts        bigint  not null,
    created_at      bigint  not null,
    -- When something has to be done about it; nothing once it is settled.
    run_at          bigint,
    locked_until    bigint,
    unique (message_id, position, part)
);
create index media_due on media (run_at) where run_at is not null;
create index media_conversation on media (conversation_id);

alter table contact add column picture_id uuid references media (id);

-- The stored webhook a message came with, for the managers' raw view. It is kept for a week.
alter table message add column inbound_id uuid;

-- It came after messages that are newer.
alter table message add column late boolean not null default false;

-- What a message said before each change, the original as number 0.
create table message_edit (
    message_id  uuid    not null references message (id),
    n           bigint  not null,
    at          bigint  not null,
    text        text    not null,
    primary key (message_id, n)
);

-- What customers and apps did besides writing: came through a link, agreed to hear from us, sent a cart. With what the
-- team did (audit) these are the markers of a thread.
create table happening (
    id              uuid    not null primary key,
    conversation_id uuid    not null references conversation (id),
    at              bigint  not null,
    act             text    not null,
    detail          text    not null
);
create index happening_thread on happening (conversation_id, at desc, id desc);
