-- Everything that both backends store alike.
--
-- `organization_id` leads every key of what an organization owns. Moments are milliseconds since 1970, uuids are 16 bytes.
-- `folded_text` is text compared by code point (case was folded before it came here): a plain text on SQLite, whose
-- order is binary already, and a domain with the "C" collation on PostgreSQL.

create table organizations (
    id bigint not null primary key,
    slug text not null unique,
    name text not null,
    email text,
    invoice_email text,
    street text,
    city text,
    postal_area text,
    postal_code text,
    country_subdivision text,
    country_code text,
    currency_code text,
    contact_name text,
    contact_phone text,
    contact_email text,
    contact_language text,
    created_at bigint not null
);

-- How many changes an organization has seen, when the last one was, and the last number given to each kind of record.
-- This row is the lock under which an organization changes.
create table sequences (
    organization_id bigint not null primary key references organizations (id),
    sequence bigint not null,
    changed_at bigint not null,
    person_number bigint not null,
    group_number bigint not null,
    role_number bigint not null,
    job_title_number bigint not null,
    level_number bigint not null,
    price_list_number bigint not null
);

create table changes (
    organization_id bigint not null references organizations (id),
    sequence bigint not null,
    changed_at bigint not null,
    actor text not null,
    action text not null,
    subject text not null,
    subject_number bigint not null,
    primary key (organization_id, sequence)
);

create table roles (
    organization_id bigint not null references organizations (id),
    number bigint not null,
    code text not null,
    name text not null,
    name_folded folded_text not null,
    is_default boolean not null,
    scopes bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (organization_id, number),
    unique (organization_id, code),
    unique (organization_id, name_folded)
);

create table levels (
    organization_id bigint not null references organizations (id),
    number bigint not null,
    name text not null,
    name_folded folded_text not null,
    code text,
    chargeability_target double precision not null,
    is_external boolean not null,
    must_be_planned boolean not null,
    must_do_timesheet boolean not null,
    is_default_in_budget boolean not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (organization_id, number),
    unique (organization_id, name_folded)
);

create table job_titles (
    organization_id bigint not null references organizations (id),
    number bigint not null,
    name text not null,
    name_folded folded_text not null,
    is_archived boolean not null,
    level_number bigint,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (organization_id, number),
    unique (organization_id, name_folded),
    foreign key (organization_id, level_number) references levels (organization_id, number)
);

create table price_lists (
    organization_id bigint not null references organizations (id),
    number bigint not null,
    name text not null,
    name_folded folded_text not null,
    description text,
    is_default_for_company boolean not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (organization_id, number),
    unique (organization_id, name_folded)
);

create table attribute_definitions (
    organization_id bigint not null references organizations (id),
    name text not null,
    kind text not null,
    primary key (organization_id, name)
);

create table identities (
    id bytea not null primary key,
    password_hash text,
    created_at bigint not null
);

create table identifiers (
    id bytea not null primary key,
    identity_id bytea not null references identities (id),
    kind text not null,
    value text not null,
    value_key text not null,
    is_confirmed boolean not null,
    unique (kind, value_key)
);

create index identifiers_identity on identifiers (identity_id);

-- A person: one packed record beside the columns that are filtered, ordered by or unique.
create table people (
    organization_id bigint not null references organizations (id),
    number bigint not null,
    id bytea not null,
    external_id text,
    identity_id bytea references identities (id),
    login_key text,
    email_key text,
    name_folded folded_text not null,
    login_folded folded_text,
    email_folded folded_text,
    phone_folded folded_text,
    description_folded folded_text,
    additional_information_folded folded_text,
    account bigint not null,
    person_type bigint not null,
    role_number bigint,
    job_title_number bigint,
    level_number bigint,
    price_list_number bigint,
    manager_number bigint,
    updated_at bigint not null,
    sequence bigint not null,
    record bytea not null,
    primary key (organization_id, number),
    unique (organization_id, id),
    foreign key (organization_id, role_number) references roles (organization_id, number),
    foreign key (organization_id, job_title_number) references job_titles (organization_id, number),
    foreign key (organization_id, level_number) references levels (organization_id, number),
    foreign key (organization_id, price_list_number) references price_lists (organization_id, number),
    foreign key (organization_id, manager_number) references people (organization_id, number)
);

create unique index people_external_id on people (organization_id, external_id) where external_id is not null;
create unique index people_login_key on people (organization_id, login_key) where login_key is not null;
create unique index people_identity on people (organization_id, identity_id) where identity_id is not null;
create index people_email_key on people (organization_id, email_key) where email_key is not null;
create index people_name on people (organization_id, name_folded, number);
create index people_login on people (organization_id, login_folded, number);
create index people_email on people (organization_id, email_folded, number);
create index people_phone on people (organization_id, phone_folded, number);
create index people_description on people (organization_id, description_folded, number);
create index people_additional_information on people (organization_id, additional_information_folded, number);
create index people_account on people (organization_id, account, number);
create index people_person_type on people (organization_id, person_type, number);
create index people_job_title on people (organization_id, job_title_number, number);
create index people_manager on people (organization_id, manager_number, number);
create index people_updated_at on people (organization_id, updated_at, number);

create table groups (
    organization_id bigint not null references organizations (id),
    number bigint not null,
    id bytea not null,
    external_id text,
    name text not null,
    description text,
    email text,
    additional_information text,
    responsible_number bigint,
    custom text not null,
    name_folded folded_text not null,
    description_folded folded_text,
    email_folded folded_text,
    additional_information_folded folded_text,
    created_at bigint not null,
    updated_at bigint not null,
    sequence bigint not null,
    primary key (organization_id, number),
    unique (organization_id, id),
    foreign key (organization_id, responsible_number) references people (organization_id, number)
);

create unique index groups_external_id on groups (organization_id, external_id) where external_id is not null;
create index groups_name on groups (organization_id, name_folded, number);
create index groups_description on groups (organization_id, description_folded, number);
create index groups_email on groups (organization_id, email_folded, number);
create index groups_additional_information on groups (organization_id, additional_information_folded, number);
create index groups_responsible on groups (organization_id, responsible_number, number);

create table memberships (
    organization_id bigint not null references organizations (id),
    group_number bigint not null,
    person_number bigint not null,
    title text,
    primary key (organization_id, group_number, person_number),
    foreign key (organization_id, group_number) references groups (organization_id, number),
    foreign key (organization_id, person_number) references people (organization_id, number)
);

create index memberships_person on memberships (organization_id, person_number, group_number);

-- Which organizations an identity may enter, and as whom.
create table identity_links (
    identity_id bytea not null references identities (id),
    organization_id bigint not null references organizations (id),
    person_number bigint not null,
    primary key (identity_id, organization_id)
);

create table applications (
    id bytea not null primary key,
    secret_hash bytea not null,
    name text not null,
    scopes bigint not null,
    created_at bigint not null
);

create table application_organizations (
    application_id bytea not null references applications (id),
    organization_id bigint not null references organizations (id),
    primary key (application_id, organization_id)
);

-- Credentials, as the hash of their secret. A token belongs to an identity, or enters the organizations listed for it.
create table tokens (
    id bytea not null primary key,
    secret_hash bytea not null unique,
    name text not null,
    scopes bigint not null,
    identity_id bytea references identities (id),
    application_id bytea references applications (id),
    person_number bigint,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint,
    last_used_at bigint
);

create index tokens_application on tokens (application_id, expires_at) where application_id is not null;

create table token_organizations (
    token_id bytea not null references tokens (id),
    organization_id bigint not null references organizations (id),
    primary key (token_id, organization_id)
);
