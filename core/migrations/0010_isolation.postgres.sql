-- The second wall: a connection that serves an organization sees the rows of that organization alone, whatever its
-- statements say, and no credential at all.
--
-- Four roles that nobody can log in as. They are the cluster's, so another database may have made them; and a database
-- administrator may, where the user of this connection must not make roles.

do $$
declare
    -- From version 16 on, whoever makes a role is a member that cannot become it.
    is_new constant boolean := current_setting('server_version_num')::integer >= 160000;
    membership constant text := case when is_new then 'set' else 'member' end;
    -- Nor need a member have what the role has without becoming it.
    terms constant text := case when is_new then ' with inherit false' else '' end;
    role_name text;
begin
    foreach role_name in array array['rollcall_tenant', 'rollcall_credentials', 'rollcall_finder', 'rollcall_copier'] loop
        begin
            if to_regrole(role_name) is null then
                execute format('create role %I nologin', role_name);
            end if;
        exception
            -- Another database of the cluster was quicker.
            when duplicate_object or unique_violation then null;
        end;
        begin
            if not pg_has_role(current_user, role_name, membership) then
                execute format('grant %I to %I', role_name, current_user) || terms;
            end if;
        exception
            when unique_violation then null;
        end;
        if not has_schema_privilege(role_name, current_schema(), 'usage') then
            execute format('grant usage on schema %I to %I', current_schema(), role_name);
        end if;
    end loop;
exception
    when insufficient_privilege then
        raise insufficient_privilege using message = format(
            '%s; let an administrator say: create role rollcall_tenant nologin; create role rollcall_credentials nologin; '
            'create role rollcall_finder nologin; create role rollcall_copier nologin; '
            'grant rollcall_tenant, rollcall_credentials, rollcall_finder, rollcall_copier to %I;',
            sqlerrm, current_user
        );
end
$$;

-- What organizations own, and what is beside them.
do $$
declare
    owned constant text[] := array[
        'attributes', 'bin', 'changes', 'groups', 'identity_links', 'job_titles', 'levels', 'memberships', 'other_contacts',
        'people', 'price_lists', 'repeats', 'roles', 'sequences', 'subgroups'
    ];
    shared constant text[] := array[
        'application_organizations', 'application_redirects', 'applications', 'identifiers', 'identities', 'migrations',
        'organizations', 'refresh_tokens', 'sign_ins', 'signing_keys', 'token_organizations', 'tokens'
    ];
    table_name text;
begin
    foreach table_name in array owned || shared loop
        -- Forced, so that the owner is held too.
        execute format('alter table %I enable row level security, force row level security', table_name);
    end loop;
    foreach table_name in array owned loop
        -- Asked once a statement, and a plain equality: so it is a condition of an index.
        execute format(
            'create policy tenant on %I to rollcall_tenant
            using (organization_id = (select nullif(current_setting(''rollcall.organization'', true), '''')::bigint))',
            table_name
        );
    end loop;
end
$$;

create policy tenant on organizations to rollcall_tenant
using (id = (select nullif(current_setting('rollcall.organization', true), '')::bigint));

-- History is added to and erased in place; it is never taken away.
grant select, insert on changes to rollcall_tenant;
grant update (fields_before, fields_after) on changes to rollcall_tenant;
grant select, update on sequences to rollcall_tenant;
grant select on organizations to rollcall_tenant;
grant select, insert, update, delete on
    attributes, bin, groups, identity_links, job_titles, levels, memberships, other_contacts, people, price_lists, repeats,
    roles, subgroups
to rollcall_tenant;

-- Credentials, identities and the list of organizations; and of what organizations own, where a credential enters as whom.
create policy credentials on organizations to rollcall_credentials using (true);
create policy credentials on sequences to rollcall_credentials using (true);
create policy credentials on people for select to rollcall_credentials using (true);
create policy credentials on roles for select to rollcall_credentials using (true);
create policy credentials on identity_links for select to rollcall_credentials using (true);
create policy credentials on application_organizations to rollcall_credentials using (true);
create policy credentials on application_redirects to rollcall_credentials using (true);
create policy credentials on applications to rollcall_credentials using (true);
create policy credentials on identifiers to rollcall_credentials using (true);
create policy credentials on identities to rollcall_credentials using (true);
create policy credentials on refresh_tokens to rollcall_credentials using (true);
create policy credentials on sign_ins to rollcall_credentials using (true);
create policy credentials on token_organizations to rollcall_credentials using (true);
create policy credentials on tokens to rollcall_credentials using (true);

grant select, insert on organizations, application_organizations, application_redirects, applications to rollcall_credentials;
grant select (organization_id, sequence), insert on sequences to rollcall_credentials;
grant select (organization_id, number, account, role_number, record) on people to rollcall_credentials;
grant select (organization_id, number, is_default, scopes) on roles to rollcall_credentials;
grant select on identity_links to rollcall_credentials;
grant select, insert, delete on identifiers, token_organizations to rollcall_credentials;
grant select, insert, update (password_hash) on identities to rollcall_credentials;
grant select, insert, update (name, quirks, revoked_at, last_used_at), delete on tokens to rollcall_credentials;
grant select, insert, update (code_used_at, revoked_at), delete on sign_ins to rollcall_credentials;
grant select, insert, update (used_at), delete on refresh_tokens to rollcall_credentials;
grant select on signing_keys to rollcall_credentials;

-- Rights alone guard these two: the owner, who is held by force, writes both while it migrates.
create policy whoever_may on signing_keys using (true);
create policy whoever_may on migrations using (true);
grant select on migrations to public;

-- `like` is not leakproof: where a policy stands it is asked of a row only after the policy, never of the trigram index.
-- So text is looked for by functions of a role without one that hides rows. They see nothing but folded columns, and name the
-- organization themselves.
create policy finder on people for select to rollcall_finder using (true);
create policy finder on groups for select to rollcall_finder using (true);
grant select (
    organization_id, number, name_folded, login_folded, email_folded, phone_folded, description_folded,
    additional_information_folded
) on people to rollcall_finder;
grant select (organization_id, number, name_folded, description_folded, email_folded, additional_information_folded)
on groups to rollcall_finder;

-- The numbers of the organization's people whose folded column is like a pattern, in which `\` escapes.
create function people_like(column_name text, pattern text) returns setof bigint
language plpgsql stable strict security definer rows 100
as $$
begin
    if column_name not in (
        'name_folded', 'login_folded', 'email_folded', 'phone_folded', 'description_folded', 'additional_information_folded'
    ) then
        raise invalid_parameter_value using message = format('people have no folded column %s', column_name);
    end if;
    -- Planned each time, because how common the pattern is decides the way.
    return query execute format('select number from people where organization_id = $1 and %I like $2 escape ''\''', column_name)
    using nullif(current_setting('rollcall.organization', true), '')::bigint, pattern;
end
$$;

create function groups_like(column_name text, pattern text) returns setof bigint
language plpgsql stable strict security definer rows 100
as $$
begin
    if column_name not in ('name_folded', 'description_folded', 'email_folded', 'additional_information_folded') then
        raise invalid_parameter_value using message = format('groups have no folded column %s', column_name);
    end if;
    return query execute format('select number from groups where organization_id = $1 and %I like $2 escape ''\''', column_name)
    using nullif(current_setting('rollcall.organization', true), '')::bigint, pattern;
end
$$;

revoke execute on function people_like(text, text), groups_like(text, text) from public;
grant execute on function people_like(text, text), groups_like(text, text) to rollcall_tenant;

do $$
declare
    function_name text;
    may_create constant boolean := has_schema_privilege('rollcall_finder', current_schema(), 'create');
begin
    -- Whoever is given a function must be able to make one there, at that moment.
    if not may_create then
        execute format('grant create on schema %I to rollcall_finder', current_schema());
    end if;
    foreach function_name in array array['people_like', 'groups_like'] loop
        -- The tables are found where they are made, and never among somebody's temporary ones.
        execute format('alter function %I(text, text) set search_path = pg_catalog, %I, pg_temp', function_name, current_schema());
        execute format('alter function %I(text, text) owner to rollcall_finder', function_name);
    end loop;
    if not may_create then
        execute format('revoke create on schema %I from rollcall_finder', current_schema());
    end if;
end
$$;
