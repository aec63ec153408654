-- What a manager keeps an agent from, and counting what somebody who sees only some conversations sees.

alter table person add column restrictions text not null default '{}';

drop index conversation_facts;
create index conversation_facts on conversation (status, owner, assignee, team, unread);
create index conversation_team on conversation (team, updated_at desc, id desc) where team is not null;
