//! Many writes at once: each is kept or undone alone, and the sequence has no gap.

use super::{Ground, line, open, wait};
use crate::directory::{DirectoryError, ImportMode};
use crate::query::PersonQuery;
use crate::store::Effort;
use crate::store::sql::{Bound, values};
use crate::test_database::TestDatabase;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Waker};

/// What the embedded database does by itself when its disk is full.
static END_THE_TRANSACTION: Bound = Bound::new("insert or rollback into changes select * from changes where organization_id = $1");
/// A statement that fails, and nothing else.
static FAIL: Bound = Bound::new("update sequences set level_number = null where organization_id = $1");
static MARK: Bound = Bound::new("update sequences set level_number = level_number + 1 where organization_id = $1");
const MARKS: Bound = Bound::new("select level_number from sequences where organization_id = $1");
const RENAME: Bound = Bound::new("update groups set name = $3 where organization_id = $1 and number = $2");

fn count(ground: &Ground) -> usize {
    wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people.len()
}

/// Loads people from so many threads at once, one each.
fn load_together(ground: &Arc<Ground>, threads: u64) -> Vec<u64> {
    let loading: Vec<_> = (0..threads)
        .map(|thread| {
            let ground = Arc::clone(ground);
            std::thread::spawn(move || {
                let lines = vec![line(2, &[("login", &format!("user{}", thread % 40))])];
                ground.try_load(lines, ImportMode::Batches).people.created
            })
        })
        .collect();
    loading.into_iter().map(|thread| thread.join().expect("no panic")).collect()
}

#[test]
fn people_loaded_at_once_are_all_there_with_a_gapless_sequence() {
    let ground = Arc::new(Ground::new());

    let created = load_together(&ground, 40);

    assert_eq!((created.iter().sum::<u64>(), count(&ground)), (40, 40));
    assert_eq!(wait(ground.directory.check()).expect("a report").findings, Vec::<String>::new());
}

#[test]
fn one_login_asked_for_at_once_is_given_once() {
    let ground = Arc::new(Ground::new());

    let created = load_together(&ground, 80);

    assert_eq!((created.iter().sum::<u64>(), count(&ground)), (40, 40));
}

#[test]
fn a_write_that_fails_is_undone_alone() {
    let ground = Ground::new();
    let organization = ground.operator.organization();

    let failed = wait(ground.directory.store.write(organization, |tx| {
        Box::pin(async move {
            tx.execute(&RENAME, values![1, "renamed"]).await?;
            tx.next_number(crate::store::Numbered::Person).await?;
            Err::<(), _>(DirectoryError::NotFound)
        })
    }));

    assert!(matches!(failed, Err(DirectoryError::NotFound)));
    ground.load(vec![line(2, &[("login", "jane")])]);
    let people = wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people;
    assert_eq!(people[0].number.get(), 1);
}

#[test]
fn a_write_that_panics_takes_nothing_along() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("login", "jane")])]);
    let organization = ground.operator.organization();

    let panicked = wait(ground.directory.store.write(organization, move |_| {
        Box::pin(async move {
            if organization.get() > 0 {
                panic!("as the test asked");
            }
            Ok::<_, DirectoryError>(())
        })
    }));

    assert!(matches!(panicked, Err(DirectoryError::Store(_))));
    ground.load(vec![line(2, &[("login", "omar")])]);
    assert_eq!(count(&ground), 2);
}

type Writing<'a> = Pin<Box<dyn Future<Output = Result<u64, DirectoryError>> + 'a>>;

fn write<'a>(ground: &'a Ground, statement: &'static Bound) -> Writing<'a> {
    let organization = ground.operator.organization();
    Box::pin(ground.directory.store.write(organization, move |tx| Box::pin(async move { Ok(tx.execute(statement, Vec::new()).await?) })))
}

/// The results of writes that all wait behind one which does nothing, and so share a commit with it.
fn write_together(ground: &Ground, statements: &[&'static Bound]) -> Vec<Result<u64, DirectoryError>> {
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let first = ground.directory.store.write(ground.operator.organization(), move |_| {
        Box::pin(async move {
            gone.recv().expect("a sign");
            Ok::<_, DirectoryError>(0)
        })
    });
    let mut writes: Vec<Writing<'_>> = vec![Box::pin(first)];
    writes.extend(statements.iter().map(|statement| write(ground, statement)));
    wait(async {
        for write in &mut writes {
            assert!(write.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        go.send(()).expect("a listener");
        let mut results = Vec::new();
        for write in writes {
            results.push(write.await);
        }
        results
    })
}

fn marks(ground: &Ground) -> u64 {
    let organization = ground.operator.organization();
    let read = ground.directory.store.read(organization, Effort::Short, |tx| {
        Box::pin(async move { Ok::<_, DirectoryError>(tx.first(&MARKS, Vec::new(), |row| row.integer(0)).await?) })
    });
    wait(read).expect("an answer").and_then(|marks| u64::try_from(marks).ok()).expect("a number")
}

#[test]
fn of_writes_that_share_a_commit_those_that_fail_are_undone_alone() {
    let ground = Ground::new();

    let results = write_together(&ground, &[&MARK, &FAIL, &MARK, &FAIL]);

    assert_eq!(results.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false, true, false]);
    assert_eq!(marks(&ground), 2);
}

#[test]
fn what_stands_is_what_was_answered_when_the_database_ends_a_transaction_by_itself() {
    let ground = Ground::on_a_file();

    for statements in [
        &[&MARK, &END_THE_TRANSACTION, &MARK, &MARK][..],
        &[&END_THE_TRANSACTION, &MARK],
        &[&MARK, &MARK, &END_THE_TRANSACTION],
        &[&MARK, &MARK],
    ] {
        let before = marks(&ground);

        let results = write_together(&ground, statements);

        let kept: u64 = results.iter().flatten().sum();
        assert_eq!(marks(&ground) - before, kept, "{results:?}");
    }
    assert_eq!(wait(ground.directory.check()).expect("a report").findings, Vec::<String>::new());
}

#[test]
fn a_first_write_that_the_database_ended_leaves_the_writer_whole() {
    let ground = Ground::on_a_file();

    let ended = wait(write(&ground, &END_THE_TRANSACTION));
    let next = wait(write(&ground, &MARK));

    assert!(matches!(ended, Err(DirectoryError::Store(_))));
    assert!(matches!((next, marks(&ground)), (Ok(1), 1)));
}

#[test]
fn two_programs_write_to_one_database_without_losing_anything() {
    let one = Arc::new(Ground::new());
    let other = Arc::new(Ground { directory: open(&one.database), operator: one.operator.clone(), database: TestDatabase::file() });

    let loading: Vec<_> = (0..40)
        .map(|number: u64| {
            let ground = Arc::clone(if number.is_multiple_of(2) { &one } else { &other });
            std::thread::spawn(move || ground.load(vec![line(2, &[("login", &format!("user{number}"))])]))
        })
        .collect();
    let created: u64 = loading.into_iter().map(|thread| thread.join().expect("no panic").people.created).sum();

    assert_eq!((created, count(&one), count(&other)), (40, 40, 40));
    assert_eq!(wait(other.directory.check()).expect("a report").findings, Vec::<String>::new());
}
