-- Custom attributes of people and of groups, each with its type's limits.

alter table sequences add column attribute_number bigint not null default 0;

create table attributes (
    organization_id bigint not null references organizations (id),
    number bigint not null,
    -- `person` or `group`.
    object text not null,
    name text not null,
    kind text not null,
    label text not null,
    description text,
    -- A JSON object of the limits that there are.
    limits text not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (organization_id, object, name),
    unique (organization_id, number)
);

-- Until now every attribute was a text of people, without limits, and its name was all that it was called.
insert into attributes (organization_id, number, object, name, kind, label, description, limits, created_at, updated_at)
select
    attribute_definitions.organization_id,
    row_number() over (partition by attribute_definitions.organization_id order by attribute_definitions.name),
    'person',
    attribute_definitions.name,
    attribute_definitions.kind,
    attribute_definitions.name,
    null,
    '{}',
    organizations.created_at,
    organizations.created_at
from attribute_definitions
join organizations on organizations.id = attribute_definitions.organization_id;

update sequences set attribute_number = (select count(*) from attributes where attributes.organization_id = sequences.organization_id);

drop table attribute_definitions;
