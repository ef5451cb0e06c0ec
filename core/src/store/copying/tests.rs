use super::tables::TABLES;
use super::*;
use crate::store::DatabaseUrl;
use crate::store::contract::{Ground, line};
use crate::store::migrate::tests::before;
use crate::store::sql::{Row, values};
use crate::test_database::{TestDatabase, wait};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// In one organization.
const PEOPLE: u64 = 30;

/// What a copy does not move: the timeline of the schema, what it remembers itself, and a number that is the target's own.
const LEFT: [&str; 4] = ["copied_tables", "copies", "credential_changes", "migrations"];

/// Every column of every table, with the place that it has in the key.
const ON_SQLITE: &str = "select tables.name, columns.name, columns.pk from sqlite_master as tables
    join pragma_table_info(tables.name) as columns
    where tables.type = 'table' and tables.name not like 'sqlite_%' and tables.name not like '%\\_search%' escape '\\'";
const ON_POSTGRES: &str = "select pg_class.relname::text, pg_attribute.attname::text,
        coalesce(array_position(pg_index.indkey::smallint[], pg_attribute.attnum) + 1, 0)::bigint
    from pg_class join pg_attribute on pg_attribute.attrelid = pg_class.oid
    join pg_index on pg_index.indrelid = pg_class.oid and pg_index.indisprimary
    where pg_class.relkind = 'r' and pg_class.relnamespace = current_schema()::regnamespace
        and pg_attribute.attnum > 0 and not pg_attribute.attisdropped";

/// One with people who manage each other, with groups and with history.
fn full() -> TestDatabase {
    filled(Ground::new())
}

fn filled(ground: Ground) -> TestDatabase {
    let manager = |number: u64| format!("E{}", 1 + number * 7 % PEOPLE);
    let names: Vec<[String; 3]> =
        (1..=PEOPLE).map(|number| [format!("E{number}"), format!("p{number}@example.com"), manager(number)]).collect();
    let people = names.iter().zip(2..).map(|([id, email, manager], place)| {
        line(place, &[("external_id", id), ("email", email), ("manager", manager), ("level", "Senior"), ("groups", "Board;Law")])
    });
    ground.load(people.collect());
    ground.database
}

fn run(source: &TestDatabase, target: &TestDatabase, tell: impl FnMut(CopyProgress)) -> Result<CopyReport, CopyError> {
    wait(copy(&options(source), &options(target), tell))
}

/// Copies no more than the first table.
fn break_off(source: &TestDatabase, target: &TestDatabase) {
    let broken = catch_unwind(AssertUnwindSafe(|| run(source, target, |_| resume_unwind(Box::new("killed")))));
    assert!(broken.is_err());
}

async fn open(database: &TestDatabase) -> Connection {
    Connection::whole(OpenMode::CreateIfMissing, &options(database)).await.expect("a connection")
}

fn options(database: &TestDatabase) -> DatabaseOptions {
    DatabaseOptions::new(DatabaseUrl::parse(&database.url).expect("a URL"))
}

/// Something done at once, even while a copy is under way on this thread.
fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|threads| threads.spawn(work).join().expect("no panic"))
}

/// Writes as no part of the program does.
fn tamper(database: &TestDatabase, sql: &str) {
    aside(|| wait(async { open(database).await.script(sql).await })).expect("a change");
}

type Schema = BTreeMap<String, BTreeSet<(String, i64)>>;

#[test]
fn every_column_of_every_table_is_copied_in_the_order_of_its_key() {
    let database = TestDatabase::new();

    let found: Schema = wait(async {
        let mut connection = open(&database).await;
        let sql = connection.own(ON_SQLITE, ON_POSTGRES);
        let read = |row: &Row<'_>| Ok((row.text(0)?.to_owned(), (row.text(1)?.to_owned(), row.integer(2)?)));
        let rows = connection.all(sql, &[], read).await.expect("columns");
        rows.into_iter().fold(Schema::new(), |mut schema, (table, column)| {
            schema.entry(table).or_default().insert(column);
            schema
        })
    });

    let place = |table: &Table, at: usize| if at < table.key { 1 + i64::try_from(at).expect("few") } else { 0 };
    let columns = |table: &Table| {
        table.columns.iter().enumerate().map(|(at, (name, _))| ((*name).to_owned(), place(table, at))).collect::<BTreeSet<_>>()
    };
    let copied: Schema = TABLES.iter().map(|table| (table.name.to_owned(), columns(table))).collect();
    let found: Schema = found.into_iter().filter(|(table, _)| !LEFT.contains(&table.as_str())).collect();
    assert_eq!(copied, found);
}

#[test]
fn a_copy_that_breaks_off_after_any_batch_goes_on_where_it_was() {
    let (source, target) = (full(), TestDatabase::new());
    let mut breaks = 0;

    let report = loop {
        let broken = catch_unwind(AssertUnwindSafe(|| {
            let mut batches = 0;
            run(&source, &target, |_| {
                batches += 1;
                if batches > breaks {
                    // As if it was killed: nobody hears of it.
                    resume_unwind(Box::new("killed"));
                }
            })
        }));
        match broken {
            Ok(report) => break report.expect("a report"),
            Err(_) => breaks += 1,
        }
    };

    assert!(breaks > 10, "it broke off {breaks} times alone");
    assert_eq!(report.changed, [""; 0]);
    assert_eq!(report.tables, run(&source, &TestDatabase::new(), |_| {}).expect("another copy").tables);
}

#[test]
fn a_row_that_is_not_as_it_was_written_is_found() {
    let (source, target) = (full(), TestDatabase::new());

    let found = run(&source, &target, |progress| {
        if progress.done == 1 {
            tamper(&target, "update organizations set name = 'Senat'");
        }
    });

    assert!(matches!(found, Err(CopyError::Differs { table: "organizations", .. })), "{found:?}");
}

#[test]
fn a_source_that_has_changed_since_is_told_from_the_one_that_the_copy_began_with() {
    let (source, target) = (full(), TestDatabase::new());
    break_off(&source, &target);

    tamper(&source, "update organizations set name = 'Senat'");
    let found = run(&source, &target, |_| {});

    assert!(matches!(&found, Err(CopyError::SourceChanged { table }) if table == "organizations"), "{found:?}");
}

#[test]
fn what_is_written_to_the_source_meanwhile_is_told_and_not_copied() {
    let (source, target) = (full(), TestDatabase::new());

    let report = run(&source, &target, |progress| {
        if progress.done == 1 {
            tamper(&source, "update sequences set sequence = sequence + 1");
        }
    });

    let report = report.expect("a report");
    assert_eq!(report.changed, ["sequences"]);
    assert_eq!(run(&target, &TestDatabase::new(), |_| {}).expect("a copy").tables, report.tables);
}

#[test]
fn two_sources_are_never_mixed() {
    let (source, other, target) = (full(), full(), TestDatabase::new());
    // Databases of tests are copies of one, and have its key.
    tamper(&other, "update signing_keys set secret = (select id from people where number = 1)");
    break_off(&source, &target);

    let found = run(&other, &target, |_| {});

    assert!(matches!(found, Err(CopyError::AnotherSource)), "{found:?}");
}

#[test]
fn a_copy_that_is_whole_is_found_equal_and_refused_once_it_was_written_to() {
    let (source, target) = (full(), TestDatabase::new());
    let first = run(&source, &target, |_| {}).expect("a copy");

    let second = run(&source, &target, |_| {});
    tamper(&target, "update sequences set changed_at = changed_at + 1");
    let third = run(&source, &target, |_| {});

    assert_eq!(second.expect("the same"), first);
    assert!(matches!(third, Err(CopyError::NotEmpty { table: "sequences" })), "{third:?}");
}

#[test]
fn two_copies_at_once_do_not_double_a_row() {
    let (source, target) = (full(), TestDatabase::new());
    let mut inner = None;

    let outer = run(&source, &target, |progress| {
        if progress.done == 1 {
            inner = Some(aside(|| run(&source, &target, |_| {})));
        }
    });

    assert!(inner.expect("a copy").is_ok());
    assert!(matches!(outer, Err(CopyError::AnotherCopy)), "{outer:?}");
}

#[test]
fn a_source_of_an_older_schema_is_brought_up_to_date_first() {
    let (source, target) = (TestDatabase::file(), TestDatabase::new());
    let old = "insert into organizations (id, slug, name, created_at) values (7, 'senate', 'Senate', 1000);
        insert into attribute_definitions (organization_id, name, kind) values (7, 'state', 'Text')";
    wait(async {
        let url = DatabaseUrl::parse(&source.url).expect("a URL");
        let mut connection = Connection::bare(&url).expect("a connection");
        before(&mut connection, 5).await.expect("an old schema");
        connection.script(old).await.expect("an organization");
    });

    let report = run(&source, &target, |_| {}).expect("a copy");

    let attributes = report.tables.iter().find(|table| table.name == "attributes").expect("a table");
    assert_eq!(attributes.rows, 1);
}

#[test]
fn a_source_with_nothing_in_it_is_refused() {
    let source = TestDatabase::new();
    tamper(&source, "");

    let found = run(&source, &TestDatabase::new(), |_| {});

    assert!(matches!(found, Err(CopyError::NothingToCopy)), "{found:?}");
}

#[test]
fn a_row_that_cannot_be_read_is_named_without_what_it_says() {
    let source = filled(Ground::on_a_file());
    tamper(&source, "update people set email_key = cast(x'ff' as text) where number = 3");

    let found = run(&source, &TestDatabase::new(), |_| {}).map_err(|error| error.to_string());

    assert_eq!(found.err().as_deref(), Some("people: the row of organization_id 1, number 3 cannot be copied: email_key cannot be read"));
}

#[test]
fn a_text_with_nul_is_refused_where_the_target_takes_none() {
    let table = TABLES.iter().find(|table| table.name == "memberships").expect("a table");
    let batch = || Batch { rows: vec![values![1, 2, 3, "Chair"], values![1, 2, 4, "Ch\0air"]] };

    let taken = Pass::of(table).ready(batch(), true).map(|batch| batch.rows.len());
    let refused = Pass::of(table).ready(batch(), false).map(|_| ()).map_err(|error| error.to_string());

    assert_eq!(taken.expect("both"), 2);
    let told = "memberships: the row of organization_id 1, group_number 2, person_number 4 cannot be copied: \
        title holds the character NUL, which the other database does not take";
    assert_eq!(refused.err().as_deref(), Some(told));
}
