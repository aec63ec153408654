-- The apps beside us: how the team shows them, whose their names are, and where they were seen. What shows how a page
-- routes conversations, and what checks of it found.

alter table known_app add column colour text not null default 'green';
alter table known_app add column icon text not null default 'bot';
alter table known_app add column named_by text not null default 'nobody';
update known_app set named_by = 'team' where name <> 'App ' || id;

create table app_seen (
    page_id     text    not null references page (id),
    app_id      text    not null references known_app (id),
    first_at    bigint  not null,
    last_at     bigint  not null,
    messages    bigint  not null,
    primary key (page_id, app_id)
);
insert into app_seen (page_id, app_id, first_at, last_at, messages)
    select page_id, author_id, min(at), max(at), count(*) from message
    where author_kind = 'bot' and author_id in (select id from known_app)
    group by page_id, author_id;

-- The newest event of each kind that shows how a page routes.
create table routing_sign (
    page_id         text    not null references page (id),
    sign            text    not null,
    first_at        bigint  not null,
    at              bigint  not null,
    times           bigint  not null,
    conversation_id uuid    references conversation (id),
    detail          text,
    primary key (page_id, sign)
);

create table routing_check (
    id          uuid    not null primary key,
    page_id     text    not null references page (id),
    at          bigint  not null,
    by_name     text    not null,
    report      text    not null
);
create index routing_check_newest on routing_check (page_id, at desc, id desc);

-- What bots of a page wrote lately, without looking at anything else.
create index message_of_bot on message (page_id, at) where author_kind = 'bot';
