-- Invitations, who is signed in where, the second step of signing in, pictures, and an audit log one can search.

create table invitation (
    id          uuid    not null primary key,
    email       text    not null,
    name        text    not null,
    role        text    not null,
    teams       text    not null,
    hash        text    not null unique,
    invited_by  uuid    references person (id),
    by_name     text    not null,
    created_at  bigint  not null,
    expires_at  bigint  not null,
    accepted_at bigint
);
-- One open invitation per address.
create unique index invitation_open on invitation (email) where accepted_at is null;

alter table person add column deactivated_at bigint;
alter table person add column last_seen_at bigint;
alter table person add column theme text not null default '';

create table picture (
    person_id   uuid    not null primary key references person (id),
    -- Changes with the picture, so that browsers may keep each for ever.
    version     text    not null,
    kind        text    not null,
    bytes       bytea   not null
);

create table two_factor (
    person_id       uuid    not null primary key references person (id),
    secret          text    not null,
    -- Empty until a first code has proved that the secret arrived.
    confirmed_at    bigint,
    -- The newest time step whose code was used: a code counts once.
    last_step       bigint  not null
);

create table recovery_code (
    person_id   uuid    not null references person (id),
    hash        text    not null,
    used_at     bigint,
    primary key (person_id, hash)
);

alter table session add column started_at bigint;
alter table session add column last_seen_at bigint;
alter table session add column agent text;
alter table session add column address text;

-- Conversations of somebody who left, still to be handed over.
create table hand_over (
    person_id   uuid    not null primary key references person (id),
    to_person   uuid    references person (id),
    to_team     uuid    references team (id),
    by_name     text    not null
);

alter table audit add column person_id uuid references person (id);
create index audit_newest on audit (at desc, id desc);
