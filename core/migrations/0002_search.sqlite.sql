-- Substring search on SQLite: trigrams of the folded columns, kept by triggers.
--
-- A row's place is organization_id * 2^31 + number, so that a search reads the part of one organization alone.
-- Contentless: the text stands in the table already.

create virtual table people_search using fts5 (
    name_folded,
    login_folded,
    email_folded,
    phone_folded,
    description_folded,
    additional_information_folded,
    content = '',
    contentless_delete = 1,
    tokenize = 'trigram case_sensitive 1'
);

create trigger people_search_insert after insert on people begin
    insert into people_search (rowid, name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded)
    values (
        new.organization_id * 2147483648 + new.number,
        new.name_folded,
        new.login_folded,
        new.email_folded,
        new.phone_folded,
        new.description_folded,
        new.additional_information_folded
    );
end;

create trigger people_search_update
after update of name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded on people
when new.name_folded is not old.name_folded
    or new.login_folded is not old.login_folded
    or new.email_folded is not old.email_folded
    or new.phone_folded is not old.phone_folded
    or new.description_folded is not old.description_folded
    or new.additional_information_folded is not old.additional_information_folded
begin
    delete from people_search where rowid = old.organization_id * 2147483648 + old.number;
    insert into people_search (rowid, name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded)
    values (
        new.organization_id * 2147483648 + new.number,
        new.name_folded,
        new.login_folded,
        new.email_folded,
        new.phone_folded,
        new.description_folded,
        new.additional_information_folded
    );
end;

create trigger people_search_delete after delete on people begin
    delete from people_search where rowid = old.organization_id * 2147483648 + old.number;
end;

create virtual table groups_search using fts5 (
    name_folded,
    description_folded,
    email_folded,
    additional_information_folded,
    content = '',
    contentless_delete = 1,
    tokenize = 'trigram case_sensitive 1'
);

create trigger groups_search_insert after insert on groups begin
    insert into groups_search (rowid, name_folded, description_folded, email_folded, additional_information_folded)
    values (
        new.organization_id * 2147483648 + new.number,
        new.name_folded,
        new.description_folded,
        new.email_folded,
        new.additional_information_folded
    );
end;

create trigger groups_search_update
after update of name_folded, description_folded, email_folded, additional_information_folded on groups begin
    delete from groups_search where rowid = old.organization_id * 2147483648 + old.number;
    insert into groups_search (rowid, name_folded, description_folded, email_folded, additional_information_folded)
    values (
        new.organization_id * 2147483648 + new.number,
        new.name_folded,
        new.description_folded,
        new.email_folded,
        new.additional_information_folded
    );
end;

create trigger groups_search_delete after delete on groups begin
    delete from groups_search where rowid = old.organization_id * 2147483648 + old.number;
end;
