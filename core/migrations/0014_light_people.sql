-- The key that a login or an e-mail address is unique by is nearly always the folded text itself, which has a column and an index
-- already. It is kept beside it only where it is another.

drop index people_login_key;
drop index people_email_key;
update people set login_key = null where login_key = login_folded;
update people set email_key = null where email_key = email_folded;
create unique index people_login_key on people (organization_id, login_key) where login_key is not null;
create index people_email_key on people (organization_id, email_key) where email_key is not null;
