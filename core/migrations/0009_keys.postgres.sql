-- Every text is compared by its bytes, whatever locale the database was made with: so a list of slugs is in the same order
-- everywhere, and an index outlives an update of the system's locales.

do $$
declare
    own constant text[] := array[
        'application_organizations', 'application_redirects', 'applications', 'attributes', 'bin', 'changes', 'groups',
        'identifiers', 'identities', 'identity_links', 'job_titles', 'levels', 'memberships', 'migrations', 'organizations',
        'other_contacts', 'people', 'price_lists', 'refresh_tokens', 'repeats', 'roles', 'sequences', 'sign_ins',
        'signing_keys', 'subgroups', 'token_organizations', 'tokens'
    ];
    one record;
begin
    for one in
        select pg_class.relname as name,
            string_agg(format('alter column %I type text collate "C"', pg_attribute.attname), ', ') as changes
        from pg_attribute
        join pg_class on pg_class.oid = pg_attribute.attrelid
        where pg_class.relnamespace = current_schema()::regnamespace
            and pg_class.relname = any (own)
            and pg_attribute.atttypid = 'text'::regtype
            and pg_attribute.attcollation <> 'pg_catalog."C"'::regcollation
            and not pg_attribute.attisdropped
        group by pg_class.relname
    loop
        execute format('alter table %I %s', one.name, one.changes);
    end loop;
end
$$;

-- What is absent is the least of all.
drop index people_role;
create index people_role on people (organization_id, role_number nulls first, number);
