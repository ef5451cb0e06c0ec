-- Substring search on PostgreSQL, and indexes in the order that lists are in.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- One index holds the trigrams of all folded columns. The organization leads, so that a search never meets the rows of
-- others. What waits to be merged is read by every search, so little may wait.
create index people_search on people using gin (
    organization_id,
    name_folded gin_trgm_ops,
    login_folded gin_trgm_ops,
    email_folded gin_trgm_ops,
    phone_folded gin_trgm_ops,
    description_folded gin_trgm_ops,
    additional_information_folded gin_trgm_ops
) with (gin_pending_list_limit = 256);

create index groups_search on groups using gin (
    organization_id,
    name_folded gin_trgm_ops,
    description_folded gin_trgm_ops,
    email_folded gin_trgm_ops,
    additional_information_folded gin_trgm_ops
) with (gin_pending_list_limit = 256);

-- What is absent is the least of all, as on SQLite; PostgreSQL takes it for the greatest unless it is told.
drop index people_login;
drop index people_email;
drop index people_phone;
drop index people_description;
drop index people_additional_information;
drop index people_job_title;
drop index people_manager;
drop index groups_description;
drop index groups_email;
drop index groups_additional_information;
create index people_login on people (organization_id, login_folded nulls first, number);
create index people_email on people (organization_id, email_folded nulls first, number);
create index people_phone on people (organization_id, phone_folded nulls first, number);
create index people_description on people (organization_id, description_folded nulls first, number);
create index people_additional_information on people (organization_id, additional_information_folded nulls first, number);
create index people_job_title on people (organization_id, job_title_number nulls first, number);
create index people_manager on people (organization_id, manager_number nulls first, number);
-- Who asks for the greatest last, as SCIM does, most often asks by login.
create index people_login_last on people (organization_id, login_folded nulls last, number);
create index groups_description on groups (organization_id, description_folded nulls first, number);
create index groups_email on groups (organization_id, email_folded nulls first, number);
create index groups_additional_information on groups (organization_id, additional_information_folded nulls first, number);
