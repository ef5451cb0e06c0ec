-- Groups inside groups. No group is inside itself, be it through others.

create table subgroups (
    organization_id bigint not null references organizations (id),
    group_number bigint not null,
    subgroup_number bigint not null,
    primary key (organization_id, group_number, subgroup_number),
    foreign key (organization_id, group_number) references groups (organization_id, number),
    foreign key (organization_id, subgroup_number) references groups (organization_id, number)
);

create index subgroups_subgroup on subgroups (organization_id, subgroup_number, group_number);

-- The last change of which groups are inside a group, and of which groups it is inside.
alter table groups add column subgroups_sequence bigint not null default 0;
alter table groups add column places_sequence bigint not null default 0;
