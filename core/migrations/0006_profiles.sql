-- E-mail addresses and telephone numbers beside a person's own, so that whoever looks for one finds the person.
-- `kind` is 1 for e-mail addresses and 2 for telephone numbers.

create table other_contacts (
    organization_id bigint not null references organizations (id),
    person_number bigint not null,
    kind bigint not null,
    value_folded folded_text not null,
    primary key (organization_id, person_number, kind, value_folded),
    foreign key (organization_id, person_number) references people (organization_id, number)
);

create index other_contacts_value on other_contacts (organization_id, kind, value_folded, person_number);
