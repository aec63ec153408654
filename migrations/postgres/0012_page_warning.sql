-- What Meta last warned a page about, until somebody has dealt with it.

alter table page add column warning text;
