-- How each page is doing: what Meta said when it was last asked, what is counted, when it usually is lively, and what
-- waits for somebody's consent.

alter table meta_app add column name text;

alter table page add column checkup text;
alter table page add column quiet text;
alter table page add column self_test text;

-- A message that waited while its page was lost leaves only when somebody says so.
alter table outbox add column held_since bigint;
create index outbox_held on outbox (page_id) where held_since is not null;

-- subject: a page, or an app for whole webhook bodies. hour: hours since 1970.
create table ledger (
    subject text    not null,
    hour    bigint  not null,
    kind    text    not null,
    n       bigint  not null,
    primary key (subject, hour, kind)
);

-- When a page last heard from Meta, and Meta from it. Apart from the page itself, which busy transactions must not lock.
create table page_pulse (
    page_id     text    not null primary key references page (id),
    heard_at    bigint,
    sent_at     bigint,
    -- Until then Meta's history was compared with ours.
    filled_until bigint
);
insert into page_pulse (page_id, heard_at) select id, last_event_at from page;
alter table page drop column last_event_at;

create table page_rhythm (
    page_id text    not null primary key references page (id),
    rhythm  text    not null
);

create table page_task (
    page_id text    not null references page (id),
    kind    text    not null,
    due_at  bigint  not null,
    primary key (page_id, kind)
);
create index page_task_due on page_task (due_at);

-- Between Facebook's dialog and the choice of pages. Everything in it is sealed.
create table facebook_login (
    id          uuid    not null primary key,
    person_id   uuid    not null references person (id),
    app_id      text    not null references meta_app (id),
    sealed      text    not null,
    expires_at  bigint  not null
);

-- What happened before anything was counted.
insert into ledger (subject, hour, kind, n)
    select page_id, at / 3600000, 'asked', count(*) from message
    where direction = 'out' and origin <> 'external' group by page_id, at / 3600000;
insert into ledger (subject, hour, kind, n)
    select page_id, at / 3600000,
        case when state in ('sent', 'delivered', 'read') then 'accepted'
             when state in ('queued', 'sending') then 'waiting' else state end, count(*)
    from message where direction = 'out' and origin <> 'external'
    group by page_id, at / 3600000,
        case when state in ('sent', 'delivered', 'read') then 'accepted'
             when state in ('queued', 'sending') then 'waiting' else state end;
insert into ledger (subject, hour, kind, n)
    select page_id, at / 3600000, 'delivered', count(*) from message
    where direction = 'out' and origin <> 'external' and state in ('delivered', 'read') group by page_id, at / 3600000;
insert into ledger (subject, hour, kind, n)
    select page_id, at / 3600000, 'read', count(*) from message
    where direction = 'out' and origin <> 'external' and state = 'read' group by page_id, at / 3600000;
insert into ledger (subject, hour, kind, n)
    select app_id, received_at / 3600000, 'bodies', count(*) from inbound group by app_id, received_at / 3600000;
insert into ledger (subject, hour, kind, n)
    select app_id, received_at / 3600000, 'bodies_read', count(*) from inbound
    where state = 'done' group by app_id, received_at / 3600000;
insert into page_task (page_id, kind, due_at) select id, 'check', 0 from page;
insert into page_task (page_id, kind, due_at) select id, 'listen', 0 from page;
insert into page_task (page_id, kind, due_at) select id, 'fill', 0 from page;
