-- What each change was, the bin, and the answers that are kept for clients who ask twice.

-- A membership's change names its person as the subject and its group here.
alter table changes add column group_number bigint;
-- The API that it came through and the request there; neither for the command line.
alter table changes add column dialect text;
alter table changes add column request_id text;
-- JSON objects of the fields that differ; nothing before a create, nothing after a delete, neither once erased.
alter table changes add column fields_before text;
alter table changes add column fields_after text;

create index changes_subject on changes (organization_id, subject, subject_number, sequence);

-- The last change of a record's memberships, beside that of the record itself.
alter table people add column memberships_sequence bigint not null default 0;
alter table groups add column memberships_sequence bigint not null default 0;

create index people_role on people (organization_id, role_number, number);

-- People who were deleted. Their numbers and ids are never given again.
create table bin (
    organization_id bigint not null references organizations (id),
    number bigint not null,
    id bytea not null,
    deleted_at bigint not null,
    -- Nothing once the person is erased: then this row is a tombstone.
    record bytea,
    -- Where the person stood: memberships, reports, groups it was responsible for.
    places text,
    primary key (organization_id, number),
    unique (organization_id, id)
);

-- The first answers to creates that carried an idempotency key, kept for a day.
create table repeats (
    organization_id bigint not null references organizations (id),
    token_id bytea not null,
    repeat_key text not null,
    fingerprint bytea not null,
    subject text not null,
    subject_number bigint not null,
    sequence bigint not null,
    body bytea not null,
    created_at bigint not null,
    primary key (organization_id, token_id, repeat_key)
);

create index repeats_created_at on repeats (organization_id, created_at);
create index repeats_subject on repeats (organization_id, subject, subject_number);
