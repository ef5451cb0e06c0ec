//! The second wall: what a connection of one organization finds by statements that forget whose they are.

use super::{Ground, line, wait};
use crate::directory::DirectoryError;
use crate::domain::{LongLabel, OrganizationId, Slug};
use crate::store::sql::{Bound, values};
use crate::store::{Effort, StoreError};

/// They name the organization, as they must to be built at all, and ask for everybody's.
const EVERYBODY: Bound = Bound::new("select count(*) from people where organization_id = $1 or organization_id is not null");
const EVERYBODYS_CHANGES: Bound = Bound::new("select count(*) from changes where organization_id = $1 or sequence > 0");
const ORGANIZATIONS: Bound =
    Bound::new("select count(*) from organizations where id = $1 or id in (select id as organization_id from organizations)");
const TOKENS: Bound = Bound::new(
    "select count(*) from tokens where $1 is not null or id in (select token_id from token_organizations where organization_id = $1)",
);
const RENAME: Bound = Bound::new("update groups set name = 'mine' where organization_id = $1 or organization_id is not null");
const INTRUDE: Bound = Bound::new(
    "insert into levels (organization_id, number, name, name_folded, chargeability_target, is_external, must_be_planned,
        must_do_timesheet, is_default_in_budget, created_at, updated_at)
    select organization_id + $2, 900, 'x', 'x', 0, false, false, false, false, 0, 0 from sequences where organization_id = $1",
);

/// A place where a second organization, the house, has two people and a group; and the senate one person and a group.
fn two() -> (Ground, OrganizationId) {
    let ground = Ground::new();
    let house = Slug::parse("house").expect("a slug");
    let operator = wait(async {
        ground.directory.create_organization(&house, &LongLabel::parse("House").expect("a name")).await.expect("an organization");
        ground.directory.operator(&house).await.expect("an operator")
    });
    ground.load(vec![line(2, &[("external_id", "a"), ("groups", "Arts")])]);
    wait(async {
        let mut import = ground.directory.import(&operator, crate::directory::ImportMode::Batches).expect("allowed");
        import
            .people(vec![line(2, &[("external_id", "b"), ("groups", "Budget")]), line(3, &[("external_id", "c")])])
            .await
            .expect("loaded");
        import.finish().await.expect("finished");
    });
    (ground, operator.organization())
}

fn counted(ground: &Ground, statement: &'static Bound, effort: Effort) -> Result<i64, DirectoryError> {
    let work = ground.directory.store.read(ground.operator.organization(), effort, move |tx| {
        Box::pin(async move { Ok::<_, DirectoryError>(tx.first(statement, values![], |row| row.integer(0)).await?.unwrap_or(0)) })
    });
    wait(work)
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_read_that_forgets_its_organization_finds_its_own_alone() {
    static STATEMENTS: [(Bound, i64); 2] = [(EVERYBODY, 1), (ORGANIZATIONS, 1)];
    let (ground, _) = two();

    for effort in [Effort::Short, Effort::Long] {
        for (statement, own) in &STATEMENTS {
            assert_eq!(counted(&ground, statement, effort).expect("an answer"), *own, "{statement:?} {effort:?}");
        }
        static CHANGES: Bound = EVERYBODYS_CHANGES;
        let sequence = wait(ground.directory.version(&ground.operator)).expect("a version").sequence();
        assert_eq!(counted(&ground, &CHANGES, effort).expect("an answer"), sequence);
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_read_of_an_organization_sees_no_credential_at_all() {
    static STATEMENT: Bound = TOKENS;
    let (ground, _) = two();

    for effort in [Effort::Short, Effort::Long] {
        assert!(matches!(counted(&ground, &STATEMENT, effort), Err(DirectoryError::Store(_))), "{effort:?}");
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_write_that_forgets_its_organization_reaches_its_own_alone() {
    let (ground, house) = two();

    let renamed = wait(
        ground.directory.store.write(ground.operator.organization(), |tx| Box::pin(async move { tx.execute(&RENAME, values![]).await })),
    );
    let step = house.get() - ground.operator.organization().get();
    let intruded = wait(
        ground
            .directory
            .store
            .write(ground.operator.organization(), move |tx| Box::pin(async move { tx.execute(&INTRUDE, values![step]).await })),
    );

    assert_eq!(renamed.expect("an answer"), 1);
    assert!(matches!(intruded, Err(StoreError::Failed { .. })), "{intruded:?}");
}
