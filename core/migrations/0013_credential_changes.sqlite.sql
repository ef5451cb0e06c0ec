-- What every known credential hangs on, as one number that moves: whoever remembers a credential holds it against this.
--
-- It moves in the transaction of whatever may make a known credential another one, or none, and that no organization's
-- sequence tells of: a token that is changed or taken away, where it enters, where its owner is linked, what an organization
-- is called. A new token is nobody's knowledge yet, and moves nothing.

-- One row. The word is another one with each move: after a restore, or a failover to a database that lacks some changes, the
-- same numbers are given again.
create table credential_changes (
    number bigint not null primary key check (number = 1),
    sequence bigint not null,
    word bigint not null
);
insert into credential_changes (number, sequence, word) values (1, 0, random());

-- Where a new token enters is written before the token, and then moves nothing: so who it belongs to is asked at the end.
create table token_organizations_deferred (
    organization_id bigint not null references organizations (id),
    token_id bytea not null references tokens (id) deferrable initially deferred,
    primary key (organization_id, token_id)
);
insert into token_organizations_deferred (organization_id, token_id)
select organization_id, token_id from token_organizations;
drop table token_organizations;
alter table token_organizations_deferred rename to token_organizations;
create index token_organizations_token on token_organizations (token_id);

create index tokens_identity on tokens (identity_id) where identity_id is not null;

create trigger credentials_token_update
after update of id, secret_hash, scopes, identity_id, application_id, person_number, expires_at, revoked_at, quirks on tokens begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

-- One that was revoked is known to nobody.
create trigger credentials_token_delete after delete on tokens when old.revoked_at is null begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

create trigger credentials_place_insert after insert on token_organizations
when exists (select 1 from tokens where id = new.token_id) begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

create trigger credentials_place_update after update on token_organizations begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

create trigger credentials_place_delete after delete on token_organizations begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

-- An identity without a token is no credential.
create trigger credentials_link_insert after insert on identity_links
when exists (select 1 from tokens where identity_id = new.identity_id) begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

create trigger credentials_link_update after update on identity_links
when exists (select 1 from tokens where identity_id in (old.identity_id, new.identity_id)) begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

create trigger credentials_link_delete after delete on identity_links
when exists (select 1 from tokens where identity_id = old.identity_id) begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

create trigger credentials_organization_update after update of id, slug on organizations begin
    update credential_changes set sequence = sequence + 1, word = random();
end;

create trigger credentials_organization_delete after delete on organizations begin
    update credential_changes set sequence = sequence + 1, word = random();
end;
