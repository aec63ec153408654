-- Who hears a live change, lists with filters, and the search.

-- Nothing: everybody. Otherwise where the conversation was and is, so that only who sees it hears of it.
alter table change add column audience text;

-- The deadlines of the window, which `standing` holds too: a filter compares them with the time.
alter table conversation add column open_until bigint;
alter table conversation add column human_until bigint;
update conversation set
    open_until = json_extract(standing, '$.window.open_until'),
    human_until = json_extract(standing, '$.window.human_until');

-- One index per filter of the inbox, in the list's order.
drop index conversation_mine;
create index conversation_assignee on conversation (assignee, updated_at desc, id desc) where assignee is not null;
create index conversation_unread on conversation (updated_at desc, id desc) where unread;
create index conversation_owner on conversation (owner, updated_at desc, id desc);
create index conversation_page on conversation (page_id, updated_at desc, id desc);

-- A piece of Meta's id of a customer is looked for in this index alone.
create index conversation_psid on conversation (psid, id);

-- What can be found: each message with text, and each customer's name (without a message). Newer entries have greater
-- numbers. The words themselves are in the index of FTS5.
create table search_entry (
    n               integer not null primary key,
    conversation_id blob    not null references conversation (id),
    message_id      blob    unique references message (id)
);
create unique index search_entry_name on search_entry (conversation_id) where message_id is null;
create virtual table search_words using fts5 (
    name, text, content = '', contentless_delete = 1, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
insert into search_entry (conversation_id, message_id)
    select conversation_id, id from message where text_folded <> '' and not deleted order by at, id;
insert into search_words (rowid, text)
    select e.n, m.text_folded from search_entry e join message m on m.id = e.message_id;
insert into search_entry (conversation_id)
    select c.id from conversation c join contact k on k.id = c.contact_id where k.name_folded <> '';
insert into search_words (rowid, name)
    select e.n, k.name_folded from search_entry e
    join conversation c on c.id = e.conversation_id join contact k on k.id = c.contact_id
    where e.message_id is null;
