-- The words of what a bot said when it handed over, which `standing` holds too: a filter looks for them (CR-04).

alter table conversation add column handed_over text;
update conversation set handed_over = ' ' || replace(replace(replace(replace(replace(lower((standing::json ->> 'handed_over')), '"', ' '), ':', ' '), ',', ' '), '{', ' '), '}', ' ') || ' ' where (standing::json ->> 'handed_over') is not null;
create index conversation_handed_over on conversation (updated_at desc, id desc) where handed_over is not null;
