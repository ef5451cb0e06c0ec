//! Many writes at once: each is kept or undone alone, and the sequence has no gap.

use super::{Ground, line, wait};
use crate::directory::{DirectoryError, ImportMode};
use crate::query::PersonQuery;
use crate::store::sql::{Bound, values};
use std::sync::Arc;

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
