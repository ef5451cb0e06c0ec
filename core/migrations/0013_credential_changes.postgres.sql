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
insert into credential_changes (number, sequence, word) values (1, 0, hashtextextended(gen_random_uuid()::text, 0));

alter table credential_changes enable row level security, force row level security;
create policy credentials on credential_changes to rollcall_credentials using (true);
grant select, update (sequence, word) on credential_changes to rollcall_credentials;
-- It is held beside the sequence of the organization, by which it says when.
grant select (changed_at) on sequences to rollcall_credentials;

-- Where a new token enters is written before the token, and then moves nothing: so who it belongs to is asked at the end.
do $$
declare
    constraint_name text;
begin
    select conname into strict constraint_name
    from pg_constraint
    where conrelid = 'token_organizations'::regclass and confrelid = 'tokens'::regclass;
    execute format('alter table token_organizations alter constraint %I deferrable initially deferred', constraint_name);
end
$$;

create index tokens_identity on tokens (identity_id) where identity_id is not null;

-- Runs as the role of credentials, because a change of an organization moves it too, and must not see a token.
create function note_credentials() returns trigger
language plpgsql security definer
as $$
begin
    -- The lock of whoever writes credentials, taken before the row by everybody: so two never wait for each other, and no token
    -- is made while this looks for one.
    perform pg_advisory_xact_lock(8245928655518264428);
    -- An identity without a token is no credential.
    if tg_table_name = 'identity_links' then
        if not exists (select 1 from tokens where identity_id in (old.identity_id, new.identity_id)) then
            return null;
        end if;
    -- A token that is not there yet is known to nobody.
    elsif tg_table_name = 'token_organizations' and tg_op = 'INSERT' then
        if not exists (select 1 from tokens where id = new.token_id) then
            return null;
        end if;
    end if;
    update credential_changes set sequence = sequence + 1, word = hashtextextended(gen_random_uuid()::text, 0);
    return null;
end
$$;

create trigger credentials_token_update
after update of id, secret_hash, scopes, identity_id, application_id, person_number, expires_at, revoked_at, quirks on tokens
for each row execute function note_credentials();

-- One that was revoked is known to nobody.
create trigger credentials_token_delete after delete on tokens
for each row when (old.revoked_at is null) execute function note_credentials();

create trigger credentials_place after insert or update or delete on token_organizations
for each row execute function note_credentials();

create trigger credentials_link after insert or update or delete on identity_links
for each row execute function note_credentials();

create trigger credentials_organization_update after update of id, slug on organizations
for each row execute function note_credentials();

create trigger credentials_organization_delete after delete on organizations
for each row execute function note_credentials();

do $$
declare
    may_create constant boolean := has_schema_privilege('rollcall_credentials', current_schema(), 'create');
begin
    -- Whoever is given a function must be able to make one there, at that moment.
    if not may_create then
        execute format('grant create on schema %I to rollcall_credentials', current_schema());
    end if;
    -- The tables are found where they are made, and never among somebody's temporary ones.
    execute format('alter function note_credentials() set search_path = pg_catalog, %I, pg_temp', current_schema());
    alter function note_credentials() owner to rollcall_credentials;
    if not may_create then
        execute format('revoke create on schema %I from rollcall_credentials', current_schema());
    end if;
end
$$;
