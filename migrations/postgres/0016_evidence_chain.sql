-- Evidence as a chain: each piece carries a hash over itself and the piece before it, in the order in which it was
-- learned. What was learned before this version has none.
alter table evidence add column link bigint;
alter table evidence add column hash text;

-- Where the chain of a conversation ends, so that what is missing at its end is missed.
create table evidence_chain (
    conversation_id uuid    not null primary key references conversation (id),
    links           bigint  not null,
    head            text    not null
);
