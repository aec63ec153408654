-- A customer's name as Meta tells it, beside the one the team sees: the team may know better.
alter table contact add column told_name text;
update contact set told_name = name;

-- Why Meta did not tell who it is, in words.
alter table contact add column profile_refused text;
