//! What known credentials hang on moves with whatever they depend on, whoever changes it, and with nothing else.

use super::{Ground, line, open};
use crate::directory::{NewApplication, NewToken, TokenOwner};
use crate::domain::{Email, LongLabel, Quirks, Scopes, Slug};
use crate::store::CredentialsMoment;
use crate::store::backend::{Connection, DatabaseOptions, DatabaseUrl, OpenMode};
use crate::test_database::wait;

/// The senate with two people, a token of its own, and an identity that has a token and is its first person; and the house.
fn ground() -> Ground {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("external_id", "a")]), line(3, &[("external_id", "b")])]);
    let senate = Slug::parse("senate").expect("a slug");
    wait(async {
        let house = Slug::parse("house").expect("a slug");
        ground.directory.create_organization(&house, &LongLabel::parse("House").expect("a name")).await.expect("an organization");
        let address = Email::parse("ana@example.com").expect("an address");
        let identity = ground.directory.create_identity(&address, None).await.expect("an identity");
        let first = ground.first();
        ground.directory.link_identity(&ground.operator, identity.id, first).await.expect("linked");
        for owner in [TokenOwner::Organizations(vec![senate]), TokenOwner::Identity(identity.id)] {
            let new = NewToken { owner, scopes: Scopes::all(), name: String::new(), expires_in_seconds: None, quirks: Quirks::none() };
            ground.directory.create_token(new).await.expect("a token");
        }
    });
    ground
}

impl Ground {
    fn first(&self) -> crate::domain::PersonNumber {
        1.try_into().expect("a number")
    }

    fn moment(&self) -> CredentialsMoment {
        wait(self.directory.store.standing(&[])).expect("a standing").credentials()
    }
}

#[test]
fn whatever_a_known_credential_depends_on_moves_them_all() {
    let ground = ground();

    for sql in [
        "update tokens set scopes = 0",
        "update tokens set quirks = 'a:b'",
        "update tokens set expires_at = 1",
        "update tokens set person_number = 2 where identity_id is null",
        "update token_organizations set organization_id = 2",
        "insert into token_organizations (organization_id, token_id) select 1, id from tokens where identity_id is null",
        "delete from token_organizations where organization_id = 1",
        "update identity_links set person_number = 2",
        "update organizations set slug = 'other' where slug = 'house'",
        "delete from identity_links",
        "insert into identity_links (organization_id, identity_id, person_number) select 2, id, 1 from identities",
        "update tokens set revoked_at = 1 where identity_id is null",
        "delete from tokens where identity_id is not null",
    ] {
        let before = ground.moment();
        ground.forge(sql);
        assert_ne!(ground.moment(), before, "{sql}");
    }
}

#[test]
fn what_no_known_credential_depends_on_moves_none() {
    let ground = ground();
    let before = ground.moment();

    for sql in [
        "update tokens set last_used_at = 1",
        "update organizations set name = 'Other'",
        "update identities set password_hash = 'x'",
        "insert into identities (id, created_at) select secret_hash, 1 from tokens where identity_id is null",
        "insert into identity_links (organization_id, identity_id, person_number)
            select 1, identities.id, 2 from identities join tokens on tokens.secret_hash = identities.id",
        "delete from identity_links where person_number = 2",
    ] {
        ground.forge(sql);
        assert_eq!(ground.moment(), before, "{sql}");
    }
}

#[test]
fn a_new_token_moves_none() {
    let ground = ground();
    let before = ground.moment();

    wait(async {
        let organizations = vec![Slug::parse("senate").expect("a slug"), Slug::parse("house").expect("a slug")];
        let owner = TokenOwner::Organizations(organizations.clone());
        let new = NewToken { owner, scopes: Scopes::all(), name: String::new(), expires_in_seconds: None, quirks: Quirks::none() };
        ground.directory.create_token(new).await.expect("a token");
        let new = NewApplication { organizations, scopes: Scopes::all(), name: String::new(), redirects: Vec::new() };
        ground.directory.create_application(new).await.expect("an application");
    });

    assert_eq!(ground.moment(), before);
}

#[test]
fn two_changes_after_the_same_state_are_two_states() {
    let ground = ground();
    let after = |sql| {
        wait(async {
            let url = DatabaseUrl::parse(&ground.database.url).expect("a URL");
            let mut connection = Connection::whole(OpenMode::MustExist, &DatabaseOptions::new(url)).await.expect("a connection");
            connection.script("begin").await.expect("begun");
            connection.script(sql).await.expect("changed");
            let read = |row: &crate::store::sql::Row<'_>| Ok((row.integer(0)?, row.integer(1)?));
            let found = connection.first("select sequence, word from credential_changes", &[], read).await.expect("read");
            connection.rollback().await.expect("undone");
            found.expect("a row")
        })
    };

    let (one, other) = (after("update tokens set scopes = 0"), after("update tokens set scopes = 0"));

    assert_eq!(one.0, other.0);
    assert_ne!(one.1, other.1);
}

#[test]
fn a_standing_is_of_those_that_were_asked_for_and_are_there() {
    let ground = ground();
    let senate = ground.operator.organization();

    let standing = wait(ground.directory.standing(senate)).expect("a standing");
    let nobody = wait(ground.directory.standing(crate::domain::OrganizationId::new(77))).expect("a standing");

    let sequence = wait(ground.directory.version(&ground.operator)).expect("a version").sequence();
    assert_eq!(standing.organization(senate).map(|moment| moment.sequence), Some(sequence));
    assert_eq!(nobody.organization(crate::domain::OrganizationId::new(77)), None);
    assert_eq!(standing.credentials(), nobody.credentials());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_standing_is_found_though_the_connection_was_lost() {
    let ground = ground();
    let before = ground.moment();

    ground.forge("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

    assert_eq!(ground.moment(), before);
}

#[test]
fn a_standing_is_seen_by_every_process() {
    let ground = ground();
    let other = open(&ground.database);
    let before = wait(other.store.standing(&[])).expect("a standing");

    let tokens = wait(ground.directory.tokens(None)).expect("tokens");
    wait(ground.directory.revoke_token(tokens[0].id)).expect("revoked");

    assert_ne!(wait(other.store.standing(&[])).expect("a standing"), before);
}
