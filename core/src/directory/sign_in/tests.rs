use super::*;
use crate::directory::{Cell, ImportMode, Line, NewApplication, PersonKey, Precondition, RegisteredApplication, Surroundings};
use crate::domain::{LongLabel, PersonNumber, Scopes};
use crate::test_database::{TestDatabase, wait};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const EMAIL: &str = "ana@example.com";
const PASSWORD: &str = "correct horse";
const BACK: &str = "https://app.example.com/back";
const LIFETIMES: Lifetimes = Lifetimes { access_seconds: 100, refresh_seconds: 1000 };

/// Two organizations, Ana in both of them as person 1, and an application that enters both.
struct Place {
    directory: Directory,
    identity: IdentityId,
    application: RegisteredApplication,
    clock: Arc<AtomicI64>,
    database: TestDatabase,
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn uri(text: &str) -> RedirectUri {
    RedirectUri::parse(text).expect("a redirect")
}

impl Place {
    fn new() -> Self {
        let database = TestDatabase::new();
        let clock = Arc::new(AtomicI64::new(1_767_225_600_000));
        let hand = Arc::clone(&clock);
        let surroundings = Surroundings::with_clock(move || Instant::from_milliseconds(hand.load(Ordering::SeqCst)).expect("an instant"));
        let directory = database.open(surroundings);
        for name in ["house", "senate"] {
            wait(directory.create_organization(&slug(name), &LongLabel::parse(name).expect("a name"))).expect("an organization");
        }
        let email = Email::parse(EMAIL).expect("an address");
        let identity = wait(directory.create_identity(&email, Some(PASSWORD))).expect("an identity").id;
        let application = application(&directory, &["house", "senate"]);
        let place = Self { directory, identity, application, clock, database };
        for name in ["house", "senate"] {
            place.change(name, &[("identity", EMAIL)]);
        }
        place
    }

    /// Changes Ana in one organization.
    fn change(&self, organization: &str, cells: &[(&str, &str)]) {
        self.load(organization, "1", cells);
    }

    /// Makes or changes the person of a number.
    fn load(&self, organization: &str, number: &str, cells: &[(&str, &str)]) {
        let cell = |(column, text): &(&str, &str)| ((*column).to_owned(), Cell::Text((*text).to_owned()));
        let cells = [("number", number)].iter().chain(cells).map(cell).collect();
        wait(async {
            let operator = self.directory.operator(&slug(organization)).await.expect("an operator");
            let mut import = self.directory.import(&operator, ImportMode::Batches).expect("allowed");
            import.people(vec![Line { number: 2, cells }]).await.expect("loaded");
            assert_eq!(import.finish().await.expect("finished").refused, []);
        });
    }

    fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    fn client(&self) -> (&str, &str) {
        (&self.application.client_id, self.application.client_secret.reveal())
    }

    fn asking(&self, chosen: Option<&str>) -> SignInClient {
        let chosen = chosen.map(slug);
        wait(self.directory.sign_in_client(&self.application.client_id, BACK, chosen.as_ref())).expect("a client")
    }

    fn code_of(&self, chosen: Option<&str>, challenge: Option<Challenge>) -> String {
        wait(self.directory.sign_in(&self.asking(chosen), challenge, EMAIL, PASSWORD)).expect("a code")
    }

    fn code(&self) -> String {
        self.code_of(None, None)
    }

    fn redeem(&self, code: &str) -> Result<SignInTokens, GrantError> {
        self.redeem_with(shown(code, BACK, None))
    }

    fn redeem_with(&self, shown: ShownCode) -> Result<SignInTokens, GrantError> {
        wait(self.directory.redeem_code(self.client(), None, shown, LIFETIMES))
    }

    fn refresh(&self, token: &Secret) -> Result<SignInTokens, GrantError> {
        wait(self.directory.refresh(self.client(), None, token.reveal(), LIFETIMES))
    }

    fn is_good(&self, tokens: &SignInTokens) -> bool {
        wait(self.directory.authenticate(tokens.access.secret.reveal())).is_ok()
    }

    /// Where an access token enters, and what it may do there.
    fn entries(&self, tokens: &SignInTokens) -> Vec<(String, String)> {
        let credential = wait(self.directory.authenticate(tokens.access.secret.reveal())).expect("a credential");
        credential.entries().iter().map(|entry| (entry.slug.to_string(), entry.scopes.to_string())).collect()
    }
}

fn application(directory: &Directory, organizations: &[&str]) -> RegisteredApplication {
    let scopes = Scopes::parse("people:read,people:write").expect("scopes");
    let organizations = organizations.iter().map(|name| slug(name)).collect();
    let new = NewApplication { organizations, scopes, name: "app".to_owned(), redirects: vec![uri(BACK), uri(BACK)] };
    wait(directory.create_application(new)).expect("an application")
}

fn shown(code: &str, redirect: &str, verifier: Option<&str>) -> ShownCode {
    ShownCode { code: code.to_owned(), redirect: redirect.to_owned(), verifier: verifier.map(str::to_owned) }
}

fn is_invalid(given: &Result<SignInTokens, GrantError>) -> bool {
    matches!(given, Err(GrantError::InvalidGrant))
}

#[test]
fn a_code_gives_tokens_of_what_both_may_do_where_both_may_enter() {
    let place = Place::new();
    place.change("senate", &[("role", "ROLE_ADMIN")]);

    let tokens = place.redeem(&place.code()).expect("tokens");

    let expected = [("house", "people:read"), ("senate", "people:read people:write")];
    assert_eq!(place.entries(&tokens), expected.map(|(slug, scopes)| (slug.to_owned(), scopes.to_owned())));
    let credential = wait(place.directory.authenticate(tokens.access.secret.reveal())).expect("a credential");
    assert_eq!(credential.identity(), Some(place.identity));
}

#[test]
fn a_sign_in_below_an_organization_is_for_that_one_alone() {
    let place = Place::new();

    let tokens = place.redeem(&place.code_of(Some("senate"), None)).expect("tokens");
    let renewed = place.refresh(&tokens.refresh).expect("tokens");

    for tokens in [tokens, renewed] {
        assert_eq!(place.entries(&tokens), [("senate".to_owned(), "people:read".to_owned())]);
    }
}

#[test]
fn tokens_may_be_asked_for_below_an_organization_of_the_sign_in_alone() {
    let place = Place::new();
    let code = place.code_of(Some("senate"), None);
    let redeem = |chosen| wait(place.directory.redeem_code(place.client(), Some(&slug(chosen)), shown(&code, BACK, None), LIFETIMES));

    let (absent, other, own) = (redeem("nowhere"), redeem("house"), redeem("senate"));

    assert!(matches!(absent, Err(GrantError::Directory(DirectoryError::NotFound))), "{absent:?}");
    assert!(is_invalid(&other), "{other:?}");
    assert_eq!(place.entries(&own.expect("tokens")).len(), 1);
}

#[test]
fn an_application_gives_nobody_more_organizations_than_it_has() {
    let mut place = Place::new();
    place.application = application(&place.directory, &["house"]);

    let tokens = place.redeem(&place.code()).expect("tokens");

    assert_eq!(place.entries(&tokens), [("house".to_owned(), "people:read".to_owned())]);
}

#[test]
fn a_client_is_found_by_its_id_and_the_very_redirect_alone() {
    let place = Place::new();
    let id = place.application.client_id.as_str();
    let is_found = |id: &str, redirect: &str, chosen: Option<&Slug>| wait(place.directory.sign_in_client(id, redirect, chosen)).is_ok();

    assert!(is_found(id, BACK, None) && is_found(id, BACK, Some(&slug("house"))));
    for redirect in [
        "https://app.example.com/back/",
        "https://app.example.com/bac",
        "https://app.example.com/back/more",
        "https://app.example.com/Back",
        "https://APP.example.com/back",
        "https://app.example.com:443/back",
        "https://app.example.com/back?",
        "https://app.example.com/back?x=1",
        "https://app.example.com/back#x",
        "http://app.example.com/back",
        "https://app.example.com.evil.example/back",
        " https://app.example.com/back",
        "",
    ] {
        assert!(!is_found(id, redirect, None), "{redirect}");
    }
    assert!(!is_found("00000000000040008000000000000000", BACK, None));
    assert!(!is_found("x", BACK, None));
    assert!(!is_found(id, BACK, Some(&slug("nowhere"))));
}

#[test]
fn a_wrong_password_and_an_unknown_address_are_the_same() {
    let place = Place::new();
    let client = place.asking(None);

    for (email, password) in [(EMAIL, "wrong horse"), (EMAIL, ""), ("bo@example.com", PASSWORD), ("", ""), ("no address", PASSWORD)] {
        let code = wait(place.directory.sign_in(&client, None, email, password));
        assert!(matches!(code, Err(DirectoryError::Unauthenticated)), "{email} {password}: {code:?}");
    }
}

#[test]
fn an_address_is_known_in_any_case() {
    let place = Place::new();

    assert!(wait(place.directory.sign_in(&place.asking(None), None, " ANA@Example.com ", PASSWORD)).is_ok());
}

#[test]
fn who_may_enter_none_of_the_organizations_is_given_no_code() {
    let place = Place::new();
    place.change("senate", &[("account", "blocked")]);
    let sign_in = |chosen| wait(place.directory.sign_in(&place.asking(chosen), None, EMAIL, PASSWORD));

    assert!(matches!(sign_in(Some("senate")), Err(DirectoryError::NotFound)));
    assert!(sign_in(None).is_ok());
    place.change("house", &[("archived", "true")]);
    assert!(matches!(sign_in(None), Err(DirectoryError::NotFound)));
}

#[test]
fn a_code_is_32_lower_case_hex_digits() {
    let place = Place::new();

    let codes = [place.code(), place.code()];

    assert!(codes.iter().all(|code| code.len() == 32 && code.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))));
    assert_ne!(codes[0], codes[1]);
}

#[test]
fn a_code_lives_for_five_minutes() {
    let place = Place::new();
    let codes = [place.code(), place.code()];

    place.pass(299);
    let before = place.redeem(&codes[0]);
    place.pass(1);
    let after = place.redeem(&codes[1]);

    assert!(before.is_ok() && is_invalid(&after), "{after:?}");
}

#[test]
fn a_code_that_comes_again_revokes_all_that_it_gave() {
    let place = Place::new();
    let code = place.code();
    let first = place.redeem(&code).expect("tokens");
    let second = place.refresh(&first.refresh).expect("tokens");
    assert!(place.is_good(&first) && place.is_good(&second));

    // Long after its end, and with whatever else: it was used.
    place.pass(90);
    let again = place.redeem_with(shown(&code, "https://evil.example.com/", Some("x")));

    assert!(is_invalid(&again));
    assert!(!place.is_good(&first) && !place.is_good(&second));
    assert!(is_invalid(&place.refresh(&second.refresh)));
}

#[test]
fn a_refused_code_is_not_used_up() {
    let place = Place::new();
    let code = place.code();

    let wrong = place.redeem_with(shown(&code, "https://app.example.com/back/", None));

    assert!(is_invalid(&wrong));
    assert!(place.redeem(&code).is_ok());
}

#[test]
fn another_clients_code_is_no_code() {
    let mut place = Place::new();
    let code = place.code();
    let own = std::mem::replace(&mut place.application, application(&place.directory, &["house", "senate"]));

    let of_other = place.redeem(&code);
    place.application = own;

    assert!(is_invalid(&of_other));
    // The other one's try takes nothing away.
    assert!(place.is_good(&place.redeem(&code).expect("tokens")));
}

#[test]
fn a_client_must_know_its_secret() {
    let place = Place::new();
    let (code, other) = (place.code(), application(&place.directory, &["house"]));

    let wrong = (place.application.client_id.as_str(), other.client_secret.reveal());
    let given = wait(place.directory.redeem_code(wrong, None, shown(&code, BACK, None), LIFETIMES));

    assert!(matches!(given, Err(GrantError::Directory(DirectoryError::Unauthenticated))), "{given:?}");
}

#[test]
fn a_challenge_is_met_by_its_verifier_alone() {
    let place = Place::new();
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let challenge = hash_of(verifier);
    let with = |challenge, verifier| place.redeem_with(shown(&place.code_of(None, challenge), BACK, verifier));

    assert!(with(Some(challenge), Some(verifier)).is_ok());
    assert!(is_invalid(&with(Some(challenge), Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"))));
    assert!(is_invalid(&with(Some(challenge), None)));
    // A challenge that somebody took out of the request.
    assert!(is_invalid(&with(None, Some(verifier))));
}

#[test]
fn a_refresh_token_is_used_once_and_gives_the_next_one() {
    let place = Place::new();
    let first = place.redeem(&place.code()).expect("tokens");

    let second = place.refresh(&first.refresh).expect("tokens");
    let third = place.refresh(&second.refresh).expect("tokens");

    assert!([&first, &second, &third].iter().all(|tokens| place.is_good(tokens)));
}

#[test]
fn a_refresh_token_that_comes_again_revokes_the_family() {
    let place = Place::new();
    let (first, other) = (place.redeem(&place.code()).expect("tokens"), place.redeem(&place.code()).expect("tokens"));
    let second = place.refresh(&first.refresh).expect("tokens");

    let again = place.refresh(&first.refresh);

    assert!(is_invalid(&again));
    assert!(!place.is_good(&first) && !place.is_good(&second));
    assert!(is_invalid(&place.refresh(&second.refresh)));
    // Another sign-in of the same person is another family.
    assert!(place.is_good(&other) && place.refresh(&other.refresh).is_ok());
}

#[test]
fn a_refresh_token_ends_and_so_does_an_access_token() {
    let place = Place::new();
    let tokens = place.redeem(&place.code()).expect("tokens");

    place.pass(99);
    let before = place.is_good(&tokens);
    place.pass(1);
    let after = place.is_good(&tokens);
    place.pass(899);
    let renewed = place.refresh(&tokens.refresh).expect("tokens");
    place.pass(1000);

    assert_eq!((before, after), (true, false));
    assert!(is_invalid(&place.refresh(&renewed.refresh)));
}

#[test]
fn another_clients_refresh_token_is_none() {
    let mut place = Place::new();
    let tokens = place.redeem(&place.code()).expect("tokens");
    let own = std::mem::replace(&mut place.application, application(&place.directory, &["house", "senate"]));

    let of_other = place.refresh(&tokens.refresh);
    place.application = own;

    assert!(is_invalid(&of_other) && place.refresh(&tokens.refresh).is_ok());
}

#[test]
fn who_may_no_longer_enter_is_given_nothing_and_may_come_back() {
    let place = Place::new();
    let tokens = place.redeem(&place.code()).expect("tokens");
    for organization in ["house", "senate"] {
        place.change(organization, &[("account", "blocked")]);
    }

    let blocked = place.refresh(&tokens.refresh);
    place.change("house", &[("account", "active")]);
    let back = place.refresh(&tokens.refresh);

    assert!(is_invalid(&blocked) && back.is_ok(), "{back:?}");
}

#[test]
fn a_role_that_is_narrowed_narrows_the_tokens_of_a_sign_in() {
    let place = Place::new();
    let tokens = place.redeem(&place.code_of(Some("senate"), None)).expect("tokens");

    place.change("senate", &[("role", "ROLE_CLIENT")]);

    assert_eq!(place.entries(&tokens), [("senate".to_owned(), String::new())]);
}

#[test]
fn an_identity_that_is_unlinked_enters_no_longer() {
    let place = Place::new();
    let tokens = place.redeem(&place.code()).expect("tokens");
    let operator = wait(place.directory.operator(&slug("house"))).expect("an operator");

    wait(place.directory.unlink_identity(&operator, place.identity)).expect("unlinked");

    assert_eq!(place.entries(&tokens).len(), 1);
    assert!(matches!(wait(place.directory.unlink_identity(&operator, place.identity)), Err(DirectoryError::NotFound)));
}

#[test]
fn a_new_password_ends_every_sign_in_with_the_old_one() {
    let place = Place::new();
    let (tokens, code) = (place.redeem(&place.code()).expect("tokens"), place.code());

    wait(place.directory.set_password(place.identity, "another horse")).expect("set");

    assert!(!place.is_good(&tokens));
    assert!(is_invalid(&place.refresh(&tokens.refresh)) && is_invalid(&place.redeem(&code)));
    let sign_in = |password| wait(place.directory.sign_in(&place.asking(None), None, EMAIL, password));
    assert!(matches!(sign_in(PASSWORD), Err(DirectoryError::Unauthenticated)));
    assert!(sign_in("another horse").is_ok());
}

#[test]
fn a_sign_in_that_is_under_way_when_the_password_changes_comes_to_nothing() {
    let place = Place::new();
    let asking = place.asking(None);

    let (code, set) = wait(async {
        tokio::join!(place.directory.sign_in(&asking, None, EMAIL, PASSWORD), place.directory.set_password(place.identity, "another horse"),)
    });

    set.expect("set");
    assert!(code.is_err() || is_invalid(&place.redeem(&code.expect("a code"))));
}

#[test]
fn who_was_erased_and_is_let_in_again_is_not_whom_old_tokens_act_for() {
    let place = Place::new();
    let tokens = place.redeem(&place.code()).expect("tokens");
    let one = PersonNumber::new(1).expect("a number");
    wait(async {
        for organization in ["house", "senate"] {
            let operator = place.directory.operator(&slug(organization)).await.expect("an operator");
            place.directory.delete_person(&operator, PersonKey::Number(one), &Precondition::default()).await.expect("deleted");
            place.directory.purge_person(&operator, one).await.expect("erased");
        }
    });

    place.load("senate", "9", &[("email", "bea@example.com")]);
    let operator = wait(place.directory.operator(&slug("senate"))).expect("an operator");
    wait(place.directory.link_identity(&operator, place.identity, PersonNumber::new(9).expect("a number"))).expect("linked");

    assert!(is_invalid(&place.refresh(&tokens.refresh)));
    assert!(!place.is_good(&tokens));
}

#[test]
fn identities_are_listed_with_where_they_enter() {
    let place = Place::new();

    let listed = wait(place.directory.identities()).expect("identities");

    let [ana] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!((ana.id, ana.has_password, ana.identifiers.as_slice()), (place.identity, true, [EMAIL.to_owned()].as_slice()));
    let places: Vec<_> = ana.places.iter().map(|(slug, person)| (slug.as_str(), person.get())).collect();
    assert_eq!(places, [("house", 1), ("senate", 1)]);
}

#[test]
fn what_ended_is_forgotten_and_a_used_token_is_not_until_then() {
    let place = Place::new();
    let count = |place: &Place| {
        let directory = &place.directory;
        wait(directory.read_system(|tx| Box::pin(async move { Ok(tx.counts_of_sign_ins().await?) }))).expect("counts")
    };
    let tokens = place.redeem(&place.code()).expect("tokens");
    place.refresh(&tokens.refresh).expect("tokens");
    assert_eq!(count(&place), (1, 2));

    place.pass(500);
    place.code();
    let kept = count(&place);
    place.pass(501);
    place.code();

    assert_eq!((kept, count(&place)), ((2, 2), (1, 0)));
}

#[test]
fn a_database_with_sign_ins_is_sound() {
    let place = Place::new();
    let tokens = place.redeem(&place.code()).expect("tokens");
    place.refresh(&tokens.refresh).expect("tokens");
    assert!(is_invalid(&place.refresh(&tokens.refresh)));

    assert_eq!(wait(place.directory.check()).expect("a report").findings, Vec::<String>::new());
}

#[test]
fn nothing_secret_is_in_the_database() {
    let place = Place::new();
    let code = place.code();
    let tokens = place.redeem(&code).expect("tokens");

    let bytes = place.database.bytes();

    let digits = |secret: &Secret| secret.reveal().trim_start_matches("rollcall_").to_owned();
    for secret in [code.clone(), digits(&tokens.access.secret), digits(&tokens.refresh), PASSWORD.to_owned()] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
}
