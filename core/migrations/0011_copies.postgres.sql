-- Whoever copies a database whole sees and fills all of it, by becoming a role that no connection ever serves as. The owner
-- of the tables is held by force like everybody else, and the wall stays up for whoever serves meanwhile.

do $$
declare
    moved constant text[] := array[
        'application_organizations', 'application_redirects', 'applications', 'attributes', 'bin', 'changes', 'copied_tables',
        'copies', 'groups', 'identifiers', 'identities', 'identity_links', 'job_titles', 'levels', 'memberships',
        'organizations', 'other_contacts', 'people', 'price_lists', 'refresh_tokens', 'repeats', 'roles', 'sequences',
        'sign_ins', 'signing_keys', 'subgroups', 'token_organizations', 'tokens'
    ];
    table_name text;
begin
    alter table copies enable row level security, force row level security;
    alter table copied_tables alter column name type text collate "C", enable row level security, force row level security;
    foreach table_name in array moved loop
        execute format('create policy copier on %I to rollcall_copier using (true)', table_name);
        execute format('grant select, insert on %I to rollcall_copier', table_name);
    end loop;
end
$$;

-- A manager may have a greater number than whom they manage, so is set once everybody is there.
grant update (manager_number) on people to rollcall_copier;
-- A new database has made a key of its own.
grant delete on signing_keys to rollcall_copier;
grant update, delete on copies, copied_tables to rollcall_copier;

-- Whoever opens the database asks whether it is whole.
create policy whoever_may on copies for select using (true);
grant select on copies to public;
