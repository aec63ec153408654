-- How somebody likes the product: keys, sounds, notifications. One JSON text per person.

create table preference (
    person_id blob   not null primary key references person (id),
    body      text   not null,
    version   bigint not null
);
