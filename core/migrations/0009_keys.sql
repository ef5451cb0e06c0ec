-- `organization_id` leads the keys of the last tables where it did not, so that all that an organization has can lie
-- together. Credentials are looked up by their own ids, so those have an index of their own.

create table identity_links_keyed (
    organization_id bigint not null references organizations (id),
    identity_id bytea not null references identities (id),
    person_number bigint not null,
    primary key (organization_id, identity_id)
);
insert into identity_links_keyed (organization_id, identity_id, person_number)
select organization_id, identity_id, person_number from identity_links;
drop table identity_links;
alter table identity_links_keyed rename to identity_links;
create index identity_links_identity on identity_links (identity_id);

create table application_organizations_keyed (
    organization_id bigint not null references organizations (id),
    application_id bytea not null references applications (id),
    primary key (organization_id, application_id)
);
insert into application_organizations_keyed (organization_id, application_id)
select organization_id, application_id from application_organizations;
drop table application_organizations;
alter table application_organizations_keyed rename to application_organizations;
create index application_organizations_application on application_organizations (application_id);

create table token_organizations_keyed (
    organization_id bigint not null references organizations (id),
    token_id bytea not null references tokens (id),
    primary key (organization_id, token_id)
);
insert into token_organizations_keyed (organization_id, token_id)
select organization_id, token_id from token_organizations;
drop table token_organizations;
alter table token_organizations_keyed rename to token_organizations;
create index token_organizations_token on token_organizations (token_id);
