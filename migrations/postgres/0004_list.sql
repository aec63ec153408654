-- Who hears a live change, lists with filters, and the search.

-- Nothing: everybody. Otherwise where the conversation was and is, so that only who sees it hears of it.
alter table change add column audience text;

-- The deadlines of the window, which `standing` holds too: a filter compares them with the time.
alter table conversation add column open_until bigint;
alter table conversation add column human_until bigint;
update conversation set
    open_until = (standing::json -> 'window' ->> 'open_until')::bigint,
    human_until = (standing::json -> 'window' ->> 'human_until')::bigint;

-- One index per filter of the inbox, in the list's order.
drop index conversation_mine;
create index conversation_assignee on conversation (assignee, updated_at desc, id desc) where assignee is not null;
create index conversation_unread on conversation (updated_at desc, id desc) where unread;
create index conversation_owner on conversation (owner, updated_at desc, id desc);
create index conversation_page on conversation (page_id, updated_at desc, id desc);

-- A piece of Meta's id of a customer is looked for in this index alone.
create index conversation_psid on conversation (psid, id);

-- What can be found: each message with text, and each customer's name (without a message). Newer entries have greater
-- numbers. The words are cut by us, so that both databases find the same.
create table search_entry (
    n               bigint      generated always as identity not null primary key,
    conversation_id uuid        not null references conversation (id),
    message_id      uuid        unique references message (id),
    words           tsvector    not null
);
create unique index search_entry_name on search_entry (conversation_id) where message_id is null;
create index search_texts on search_entry using gin (words) where message_id is not null;
create index search_names on search_entry using gin (words) where message_id is null;
insert into search_entry (conversation_id, message_id, words)
    select conversation_id, id, to_tsvector('simple', text_folded) from message
    where text_folded <> '' and not deleted order by at, id;
insert into search_entry (conversation_id, words)
    select c.id, to_tsvector('simple', k.name_folded) from conversation c join contact k on k.id = c.contact_id
    where k.name_folded <> '';
