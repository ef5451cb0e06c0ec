use super::*;
use crate::directory::{Cell, ImportMode, Line, NewApplication, NewToken, Surroundings, TokenOwner, TokenSummary};
use crate::domain::{Email, LongLabel, Quirks};
use crate::test_database::{TestDatabase, wait};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const ASKED: AccessRequest = AccessRequest { lifetime_seconds: 60, scopes: None };

/// A directory of two organizations, and the clock that it goes by.
struct Place {
    directory: Directory,
    clock: Arc<AtomicI64>,
    database: TestDatabase,
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

impl Place {
    fn new() -> Self {
        Self::on(TestDatabase::new())
    }

    fn on(database: TestDatabase) -> Self {
        let clock = Arc::new(AtomicI64::new(1_767_225_600_000));
        let hand = Arc::clone(&clock);
        let surroundings = Surroundings::with_clock(move || Instant::from_milliseconds(hand.load(Ordering::SeqCst)).expect("an instant"));
        let directory = database.open(surroundings);
        for name in ["house", "senate"] {
            wait(directory.create_organization(&slug(name), &LongLabel::parse(name).expect("a name"))).expect("an organization");
        }
        Self { directory, clock, database }
    }

    fn pass(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    fn token(&self, owner: TokenOwner, expires_in_seconds: Option<i64>) -> Secret {
        let new = NewToken { owner, scopes: Scopes::all(), name: "test".to_owned(), expires_in_seconds, quirks: Quirks::none() };
        wait(self.directory.create_token(new)).expect("a token")
    }

    fn senate_token(&self, expires_in_seconds: Option<i64>) -> Secret {
        self.token(TokenOwner::Organizations(vec![slug("senate")]), expires_in_seconds)
    }

    fn is_good(&self, secret: &Secret) -> bool {
        wait(self.directory.authenticate(secret.reveal())).is_ok()
    }

    fn summary(&self) -> TokenSummary {
        wait(self.directory.tokens(None)).expect("tokens").pop().expect("a token")
    }
}

#[test]
fn a_token_is_good_up_to_the_moment_of_its_end() {
    let place = Place::new();
    let secret = place.senate_token(Some(10));

    place.pass(9_999);
    let before = place.is_good(&secret);
    place.pass(1);

    assert_eq!((before, place.is_good(&secret)), (true, false));
}

#[test]
fn no_lifetime_is_so_long_or_so_short_that_it_wraps_around() {
    let place = Place::new();

    let good = [i64::MIN, -1, 0, 1, i64::MAX].map(|seconds| place.is_good(&place.senate_token(Some(seconds))));

    assert_eq!(good, [false, false, false, true, true]);
}

#[test]
fn a_revoked_token_is_refused_at_once_and_revoked_once() {
    let place = Place::new();
    let secret = place.senate_token(None);
    let id = place.summary().id;

    let revoked = [wait(place.directory.revoke_token(id)).is_ok(), wait(place.directory.revoke_token(id)).is_ok()];

    assert_eq!((revoked, place.is_good(&secret)), ([true, false], false));
}

#[test]
fn the_last_use_of_a_token_never_goes_back() {
    let place = Place::new();
    let secret = place.senate_token(None);
    place.pass(5_000);
    assert!(place.is_good(&secret));
    let last = place.directory.now();

    place.pass(-4_000);
    assert!(place.is_good(&secret));
    wait(place.directory.note_token_use()).expect("noted");
    assert!(place.is_good(&secret));
    wait(place.directory.note_token_use()).expect("noted");

    assert_eq!(place.summary().last_used_at, Some(last));
}

#[test]
fn a_secret_is_nowhere_in_the_database() {
    let place = Place::new();
    let token = place.senate_token(None);
    let new = NewApplication { organizations: vec![slug("senate")], scopes: Scopes::all(), name: "app".to_owned(), redirects: Vec::new() };
    let application = wait(place.directory.create_application(new)).expect("an application");

    let bytes = place.database.bytes();

    for secret in [&token, &application.client_secret] {
        let digits = secret.reveal().trim_start_matches("rollcall_").as_bytes();
        assert!(!bytes.windows(digits.len()).any(|window| window == digits));
    }
}

#[test]
fn an_application_is_given_access_to_its_own_organizations_alone() {
    let place = Place::new();
    let new = NewApplication { organizations: vec![slug("senate")], scopes: Scopes::all(), name: "app".to_owned(), redirects: Vec::new() };
    let application = wait(place.directory.create_application(new)).expect("an application");
    let house = wait(place.directory.organization_by_slug(&slug("house"))).expect("an organization");
    let grant = |entry: Option<Entry>| {
        let choose = move |entries: &[Entry]| Ok(entry.unwrap_or_else(|| entries[0].clone()));
        wait(place.directory.grant_access(&application.client_id, application.client_secret.reveal(), ASKED, choose))
    };

    let foreign = grant(Some(Entry { organization: house.id, slug: house.slug.clone(), person: None, scopes: Scopes::all() }));
    let own = grant(None).expect("access");

    assert!(matches!(foreign, Err(DirectoryError::NotFound)));
    let entries = wait(place.directory.authenticate(own.secret.reveal())).expect("a credential").entries().to_vec();
    assert_eq!(entries.iter().map(|entry| entry.slug.as_str()).collect::<Vec<_>>(), ["senate"]);
}

#[test]
fn a_token_of_an_identity_enters_where_it_is_linked() {
    let place = Place::new();
    let identity = wait(place.directory.create_identity(&Email::parse("ana@example.com").expect("an address"), None)).expect("an identity");
    let secret = place.token(TokenOwner::Identity(identity.id), None);
    let operator = wait(place.directory.operator(&slug("senate"))).expect("an operator");
    let entries = || wait(place.directory.authenticate(secret.reveal())).expect("a credential").entries().len();

    let before = entries();
    let person = Line { number: 2, cells: vec![("number".to_owned(), Cell::Text("7".to_owned()))] };
    wait(async {
        let mut import = place.directory.import(&operator, ImportMode::Batches).expect("allowed");
        import.people(vec![person]).await.expect("loaded");
        import.finish().await.expect("finished")
    });
    wait(place.directory.link_identity(&operator, identity.id, PersonNumber::new(7).expect("a number"))).expect("linked");

    assert_eq!((before, entries()), (0, 1));
}

#[test]
fn a_token_carries_the_quirks_that_it_was_made_with_until_it_is_given_others() {
    let place = Place::new();
    let quirks = |words: &str| Quirks::parse(words).expect("quirks");
    let new = NewToken {
        owner: TokenOwner::Organizations(vec![slug("senate")]),
        scopes: Scopes::all(),
        name: String::new(),
        expires_in_seconds: None,
        quirks: quirks("room:one room:two"),
    };
    let secret = wait(place.directory.create_token(new)).expect("a token");
    let actor = || wait(place.directory.authenticate(secret.reveal())).and_then(|credential| credential.enter(None)).expect("an actor");
    let has = || ["room:one", "room:two", "room:three"].map(|name| actor().has_quirk(name));
    let id = place.summary().id;

    assert_eq!((has(), place.summary().quirks), ([true, true, false], quirks("room:one room:two")));
    wait(place.directory.set_token_quirks(id, quirks("room:three"))).expect("set");
    assert_eq!((has(), place.summary().quirks), ([false, false, true], quirks("room:three")));
    wait(place.directory.set_token_quirks(id, Quirks::none())).expect("set");
    assert_eq!((has(), place.summary().quirks), ([false; 3], Quirks::none()));
}

#[test]
fn no_quirks_are_set_for_a_token_that_is_not_there() {
    let place = Place::new();

    let set = wait(place.directory.set_token_quirks(TokenId::new(uuid::Uuid::from_u128(7)), Quirks::none()));

    assert!(matches!(set, Err(DirectoryError::NotFound)));
}

#[test]
fn what_one_process_seals_every_other_one_with_the_same_database_opens() {
    // The key is made with the schema, and copies of one database have the same.
    let [place, other] = [Place::new(), Place::on(TestDatabase::empty())];
    let again = place.database.open(Surroundings::system());

    let sealed = wait(place.directory.seal("test", b"content", std::time::Duration::MAX)).expect("sealed");

    assert_eq!(wait(again.unseal("test", &sealed)).ok(), Some(b"content".to_vec()));
    assert!(matches!(wait(other.directory.unseal("test", &sealed)), Err(crate::directory::SealError::Forged)));
}
