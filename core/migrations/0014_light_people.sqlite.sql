-- A person takes less room, and less work to store.

-- The index of text says which people have three letters, and no more: not where, nor in which column. Whoever looks for more
-- asks the rows that it names. A login that stands in the e-mail address adds nothing to it.
--
-- New people are put into it by the program, many at a time: a trigger would cost each of them a copy of every page that is
-- written.

drop trigger people_search_insert;
drop trigger people_search_update;
drop trigger people_search_delete;
drop table people_search;

create virtual table people_search using fts5 (
    name_folded,
    login_folded,
    email_folded,
    phone_folded,
    description_folded,
    additional_information_folded,
    content = '',
    detail = none,
    columnsize = 0,
    tokenize = 'trigram case_sensitive 1'
);

insert into people_search (rowid, name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded)
select
    organization_id * 2147483648 + number,
    name_folded,
    case when instr(email_folded, login_folded) > 0 then null else login_folded end,
    email_folded,
    phone_folded,
    description_folded,
    additional_information_folded
from people
order by organization_id, number;

create trigger people_search_update
after update of name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded on people
when new.name_folded is not old.name_folded
    or new.login_folded is not old.login_folded
    or new.email_folded is not old.email_folded
    or new.phone_folded is not old.phone_folded
    or new.description_folded is not old.description_folded
    or new.additional_information_folded is not old.additional_information_folded
begin
    insert into people_search (people_search, rowid, name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded)
    values (
        'delete',
        old.organization_id * 2147483648 + old.number,
        old.name_folded,
        case when instr(old.email_folded, old.login_folded) > 0 then null else old.login_folded end,
        old.email_folded,
        old.phone_folded,
        old.description_folded,
        old.additional_information_folded
    );
    insert into people_search (rowid, name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded)
    values (
        new.organization_id * 2147483648 + new.number,
        new.name_folded,
        case when instr(new.email_folded, new.login_folded) > 0 then null else new.login_folded end,
        new.email_folded,
        new.phone_folded,
        new.description_folded,
        new.additional_information_folded
    );
end;

create trigger people_search_delete after delete on people begin
    insert into people_search (people_search, rowid, name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded)
    values (
        'delete',
        old.organization_id * 2147483648 + old.number,
        old.name_folded,
        case when instr(old.email_folded, old.login_folded) > 0 then null else old.login_folded end,
        old.email_folded,
        old.phone_folded,
        old.description_folded,
        old.additional_information_folded
    );
end;
