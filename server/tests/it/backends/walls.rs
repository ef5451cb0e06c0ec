//! The schema of PostgreSQL as its catalogue has it: the organization leads every key, and every table is behind the second
//! wall.

use crate::support::Database;

/// Tables of Rollcall, as `tables (oid, name, is_owned)`; an organization owns a row that cannot be without one.
const TABLES: &str = "with tables as (
    select pg_class.oid, pg_class.relname::text as name, exists (
        select from pg_attribute
        where attrelid = pg_class.oid and attname = 'organization_id' and attnotnull and not attisdropped
    ) as is_owned
    from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
)";

/// What a question about [`TABLES`] finds.
fn found(question: &str) -> String {
    Database::postgres().sql(&format!("{TABLES} {question}"))
}

#[test]
#[ignore = "needs PostgreSQL"]
fn the_organization_leads_every_key_of_what_it_owns() {
    let astray = found(
        "select tables.name || '.' || pg_class.relname from tables
        join pg_index on pg_index.indrelid = tables.oid
        join pg_class on pg_class.oid = pg_index.indexrelid
        join pg_attribute on pg_attribute.attrelid = tables.oid and pg_attribute.attnum = pg_index.indkey[0]
        where tables.is_owned and pg_index.indisunique and pg_attribute.attname <> 'organization_id'",
    );

    assert_eq!(astray, "");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn every_table_that_an_organization_owns_has_a_primary_key() {
    let without = found("select name from tables where not exists (select from pg_index where indrelid = tables.oid and indisprimary)");

    assert_eq!(without, "");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn what_an_organization_owns_refers_to_its_own_by_the_organization_first() {
    let astray = found(
        "select tables.name || '.' || pg_constraint.conname from tables
        join pg_constraint on pg_constraint.conrelid = tables.oid and pg_constraint.contype = 'f'
        join tables as target on target.oid = pg_constraint.confrelid
        join pg_attribute on pg_attribute.attrelid = tables.oid and pg_attribute.attnum = pg_constraint.conkey[1]
        join pg_attribute as key on key.attrelid = target.oid and key.attnum = pg_constraint.confkey[1]
        where tables.is_owned and target.is_owned
            and (pg_attribute.attname <> 'organization_id' or key.attname <> 'organization_id')",
    );

    assert_eq!(astray, "");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn every_table_forces_its_policies_on_its_owner_too() {
    let open = found(
        "select name from tables join pg_class on pg_class.oid = tables.oid
        where not (pg_class.relrowsecurity and pg_class.relforcerowsecurity)
            or not exists (select from pg_policy where polrelid = tables.oid)",
    );

    assert_eq!(open, "");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn whoever_serves_an_organization_is_held_to_it_in_every_table_that_it_may_touch() {
    let loose = found(
        "select name from tables
        where name not in ('migrations', 'copies') and has_any_column_privilege('rollcall_tenant', tables.oid, 'select, insert, update')
            and array(
                select pg_get_expr(polqual, polrelid) || coalesce(pg_get_expr(polwithcheck, polrelid), '') from pg_policy
                where polrelid = tables.oid and polpermissive and polroles && array[0::oid, 'rollcall_tenant'::regrole]
            ) is distinct from array[format(
                '(%s = ( SELECT (NULLIF(current_setting(''rollcall.organization''::text, true), ''''::text))::bigint AS \"nullif\"))',
                case name when 'organizations' then 'id' else 'organization_id' end
            )]",
    );

    assert_eq!(loose, "");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn every_text_is_compared_by_its_bytes() {
    let others = found(
        "select tables.name || '.' || attname from tables join pg_attribute on attrelid = tables.oid
        where attnum > 0 and not attisdropped and attcollation not in (0, 'pg_catalog.\"C\"'::regcollation)",
    );

    assert_eq!(others, "");
}

/// Two organizations, in each of which Ana has the number 1; and what SQL answers to a role that serves the first.
fn as_a_tenant(sql: &str) -> String {
    let database = Database::postgres();
    database.sql(
        "insert into organizations (id, slug, name, created_at) values (1, 'one', 'One', 0), (2, 'two', 'Two', 0);
        insert into people (organization_id, number, id, name_folded, account, person_type, updated_at, sequence, record)
        select id, 1, decode('0' || id, 'hex'), 'ana of ' || slug, 1, 1, 0, 1, '' from organizations",
    );
    database.sql(&format!("set role rollcall_tenant; set rollcall.organization = '1'; {sql}"))
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_statement_without_an_organization_sees_one_all_the_same() {
    assert_eq!(as_a_tenant("select name_folded from people"), "ana of one");
    assert_eq!(as_a_tenant("select slug from organizations"), "one");
    assert_eq!(as_a_tenant("select name_folded from people where organization_id = 2"), "");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_statement_without_an_organization_changes_one_all_the_same() {
    assert_eq!(as_a_tenant("update people set account = 2 returning organization_id"), "1");
    assert_eq!(as_a_tenant("delete from people returning organization_id"), "1");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn nobody_is_found_by_text_in_another_organization() {
    assert_eq!(as_a_tenant("select people_like('name_folded', '%ana of%')"), "1");
    assert_eq!(as_a_tenant("select people_like('name_folded', '%ana of two%')"), "");
    assert_eq!(as_a_tenant("reset rollcall.organization; select people_like('name_folded', '%ana of%')"), "");
}

/// An organization of so many people and groups that reading all of them for one is no way.
const CROWD: &str = "insert into organizations (id, slug, name, created_at) values (1, 'one', 'One', 0);
    insert into people (organization_id, number, id, name_folded, phone_folded, account, person_type, updated_at, sequence, record)
    select 1, number, decode(md5(number::text), 'hex'), md5(number::text), md5(number::text), 1, 1, 0, 1, ''
    from generate_series(1, 5000) as number;
    insert into groups (organization_id, number, id, name, custom, name_folded, description_folded, created_at, updated_at, sequence)
    select 1, number, decode(md5(number::text), 'hex'), '', '{}', md5(number::text), md5(number::text), 0, 0, 1
    from generate_series(1, 5000) as number;
    analyze people, groups";

#[test]
#[ignore = "needs PostgreSQL"]
fn text_is_found_by_the_trigram_index() {
    let database = Database::postgres();
    database.sql(CROWD);
    for (table, column) in [("people", "phone_folded"), ("groups", "description_folded")] {
        // What the function of this table does, as its owner.
        let plan = database.sql(&format!(
            "set role rollcall_finder;
            explain (costs off) select number from {table} where organization_id = 1 and {column} like '%abcdef%' escape '\\'"
        ));

        let (_, index) = plan.split_once(&format!("Bitmap Index Scan on {table}_search")).expect(&plan);
        assert!(index.contains("~~ '%abcdef%'"), "{plan}");
    }
}

/// What is refused, and in which words.
const REFUSED: [(&str, &str, &str); 8] = [
    ("rollcall_tenant", "select count(*) from tokens", "permission denied for table tokens"),
    ("rollcall_tenant", "select count(*) from identities", "permission denied for table identities"),
    ("rollcall_tenant", "delete from changes", "permission denied for table changes"),
    ("rollcall_tenant", "update people set organization_id = 2", "new row violates row-level security policy"),
    ("rollcall_tenant", "select people_like('record', '%a%')", "people have no folded column record"),
    ("rollcall_credentials", "select name_folded from people", "permission denied for table people"),
    ("rollcall_credentials", "select count(*) from changes", "permission denied for table changes"),
    ("rollcall_credentials", "select people_like('name_folded', '%ana%')", "permission denied for function people_like"),
];

#[test]
#[ignore = "needs PostgreSQL"]
fn no_role_may_do_what_is_not_its_own() {
    for (role, sql, words) in REFUSED {
        let attempt = format!(
            "create temporary table told (words text);
            grant insert on told to public;
            do $do$ begin set local role {role}; {perform}; insert into told values ('allowed');
            exception when others then insert into told values (sqlerrm); end $do$;
            reset role; select words from told",
            perform = sql.replacen("select", "perform", 1),
        );
        let told = as_a_tenant(&format!("reset role; {attempt}"));

        assert!(told.contains(words), "{role}: {sql}: {told}");
    }
}
