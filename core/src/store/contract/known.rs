//! Credentials that are remembered: what a directory knows of them is what one finds that remembers nothing, whoever changed what.

use super::changing::{LAST_ROLE, OWNER, by_number, person_number, with_role};
use super::strangers::Dice;
use super::{Ground, NOW, line, wait};
use crate::directory::{Credential, Directory, NewToken, Secret, Surroundings, TokenOwner};
use crate::domain::{Account, Change, Email, Instant, LongLabel, PersonChange, Quirks, Scopes, Slug};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

/// The senate with two people and the house with one; an identity that is the first person of the senate; and a token of each
/// kind. Three processes have it open: one remembers, one is never asked for what it remembers, and one writes.
struct Place {
    ground: Ground,
    remembering: Directory,
    asking: Directory,
    clock: Arc<AtomicI64>,
    secrets: Vec<Secret>,
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

async fn token(directory: &Directory, owner: TokenOwner) -> Secret {
    let new = NewToken { owner, scopes: Scopes::all(), name: String::new(), expires_in_seconds: Some(3600), quirks: Quirks::none() };
    directory.create_token(new).await.expect("a token")
}

impl Place {
    fn new() -> Self {
        let ground = Ground::new();
        ground.load(vec![line(2, &[("external_id", "a"), ("login", "ana")]), line(3, &[("external_id", "b")])]);
        ground.update(2, with_role(OWNER)).expect("an owner who stays");
        let directory = &ground.directory;
        let secrets = wait(async {
            directory.create_organization(&slug("house"), &LongLabel::parse("House").expect("a name")).await.expect("an organization");
            let identity =
                directory.create_identity(&Email::parse("ana@example.com").expect("an address"), None).await.expect("an identity");
            directory.link_identity(&ground.operator, identity.id, person_number(1)).await.expect("linked");
            let both = || TokenOwner::Organizations(vec![slug("senate"), slug("house")]);
            let person = TokenOwner::Person(slug("senate"), person_number(1));
            vec![
                token(directory, both()).await,
                token(directory, person).await,
                token(directory, TokenOwner::Identity(identity.id)).await,
                token(directory, both()).await,
            ]
        });
        let clock = Arc::new(AtomicI64::new(NOW));
        let open = || {
            let hand = Arc::clone(&clock);
            ground
                .database
                .open(Surroundings::with_clock(move || Instant::from_milliseconds(hand.load(Ordering::SeqCst)).expect("an instant")))
        };
        let (remembering, asking) = (open(), open());
        let place = Self { remembering, asking, clock, secrets, ground };
        // The last becomes one that an application was given for the identity.
        place.ground.forge(
            "insert into applications (id, secret_hash, name, scopes, created_at) select id, secret_hash, '', 0, 0 from tokens where person_number = 1;
            update tokens set application_id = (select id from applications), identity_id = (select id from identities)
            where secret_hash = (select secret_hash from tokens where person_number is null and identity_id is null order by secret_hash limit 1)",
        );
        place
    }

    fn remembered(&self, secret: &Secret) -> Option<Credential> {
        wait(self.remembering.authenticate(secret.reveal())).ok().map(|credential| Credential::clone(&credential))
    }

    fn asked(&self, secret: &Secret) -> Option<Credential> {
        wait(self.asking.look_up(secret.reveal())).ok().map(|known| Credential::clone(&known.credential))
    }

    fn all_remembered(&self) -> Vec<Option<Credential>> {
        self.secrets.iter().map(|secret| self.remembered(secret)).collect()
    }

    fn all_asked(&self) -> Vec<Option<Credential>> {
        self.secrets.iter().map(|secret| self.asked(secret)).collect()
    }

    /// As somebody whom nothing holds. Where what it is about has gone, the database refuses.
    fn forge(&self, sql: &str) {
        drop(self.ground.try_forge(sql));
    }

    fn change(&self, change: PersonChange) {
        drop(self.ground.update(1, change));
    }

    fn revoke(&self, place: usize) {
        let tokens = wait(self.ground.directory.tokens(None)).expect("tokens");
        if let Some(token) = tokens.get(place) {
            drop(wait(self.ground.directory.revoke_token(token.id)));
        }
    }

    fn set_scopes_of_role(&self, scopes: &str) {
        let directory = &self.ground.directory;
        let roles = wait(directory.roles(&self.ground.operator)).expect("roles");
        let role = roles.into_iter().find(|role| role.number.get() == LAST_ROLE).expect("a role");
        wait(directory.change_role(&self.ground.operator, role.code, Scopes::parse(scopes).expect("scopes"))).expect("changed");
    }

    fn link(&self, is_linked: bool) {
        let identity = wait(self.ground.directory.identities()).expect("identities")[0].id;
        let (directory, operator) = (&self.ground.directory, &self.ground.operator);
        drop(wait(async {
            if is_linked {
                directory.link_identity(operator, identity, person_number(1)).await
            } else {
                directory.unlink_identity(operator, identity).await
            }
        }));
    }
}

fn with_account(account: Account) -> PersonChange {
    PersonChange { account: Change::Set(account), ..PersonChange::default() }
}

fn archived(is_archived: bool) -> PersonChange {
    PersonChange { is_archived: Change::Set(is_archived), ..PersonChange::default() }
}

type Step = (&'static str, fn(&Place));

/// Each makes some credential another one if it comes right after those before it.
const STEPS: [Step; 27] = [
    ("a role is narrowed", |place| place.set_scopes_of_role("people:read")),
    ("a role is widened", |place| place.set_scopes_of_role("people:read,groups:read")),
    ("a person is given another role", |place| place.change(with_role(OWNER))),
    ("a person is given that role back", |place| place.change(with_role(LAST_ROLE))),
    ("a person is blocked", |place| place.change(with_account(Account::Blocked))),
    ("a person may sign in again", |place| place.change(with_account(Account::Active))),
    ("a person is archived", |place| place.change(archived(true))),
    ("a person is there again", |place| place.change(archived(false))),
    ("a person is deleted", |place| drop(place.ground.delete(1))),
    ("a person is restored", |place| drop(place.ground.restore(1))),
    ("an identity is unlinked", |place| place.link(false)),
    ("an identity is linked", |place| place.link(true)),
    ("an identity is linked elsewhere", |place| {
        place.forge(
            "insert into people (organization_id, number, id, name_folded, account, person_type, updated_at, sequence, record,
                memberships_sequence)
            select 2, 1, id, 'ana', account, person_type, 0, 0, record, 0 from people where organization_id = 1 and number = 1;
            insert into identity_links (organization_id, identity_id, person_number) select 2, id, 1 from identities",
        );
    }),
    ("a person is another one elsewhere", |place| {
        place.forge(
            "update identity_links set person_number = 9 where organization_id = 2;
            update people set number = 9 where organization_id = 2 and number = 1",
        );
    }),
    ("an organization is renamed", |place| place.forge("update organizations set slug = 'other' where slug = 'house'")),
    ("an organization has its name back", |place| place.forge("update organizations set slug = 'house' where slug = 'other'")),
    ("a token enters no longer", |place| place.forge("delete from token_organizations where organization_id = 2")),
    ("a token enters again", |place| {
        place.forge(
            "insert into token_organizations (organization_id, token_id) select 2, id from tokens
            where person_number is null and id not in (select token_id from token_organizations where organization_id = 2)",
        );
    }),
    ("a token is narrowed", |place| place.forge("update tokens set scopes = 1 where person_number is null")),
    ("a token is widened", |place| place.forge("update tokens set scopes = 3 where person_number is null")),
    ("a token has quirks", |place| {
        let quirks = Quirks::parse("room:one").expect("quirks");
        let token = wait(place.ground.directory.tokens(None)).expect("tokens").into_iter().next();
        drop(token.map(|token| wait(place.ground.directory.set_token_quirks(token.id, quirks))));
    }),
    ("a token belongs to nobody", |place| place.forge("update tokens set person_number = null where person_number = 1")),
    ("a token is revoked", |place| place.revoke(0)),
    ("a token is not revoked", |place| place.forge("update tokens set revoked_at = null where revoked_at is not null")),
    ("a token ends sooner", |place| place.forge("update tokens set expires_at = created_at where application_id is null")),
    ("a token ends later", |place| place.forge("update tokens set expires_at = created_at + 3600000")),
    ("time passes", |place| place.clock.store(NOW + 3_600_000, Ordering::SeqCst)),
];

#[test]
fn whatever_makes_a_credential_another_one_is_seen_by_the_very_next_request() {
    let place = Place::new();
    place.change(with_role(LAST_ROLE));
    let mut before = place.all_asked();

    for (name, step) in STEPS {
        assert_eq!(place.all_remembered(), before, "before {name}");
        step(&place);
        let after = place.all_asked();
        assert_eq!(place.all_remembered(), after, "{name}");
        assert_ne!(after, before, "{name} changes nothing");
        before = after;
    }
}

#[test]
fn what_is_remembered_is_what_is_found_after_any_changes() {
    let more: [Step; 5] = [
        ("time goes back", |place| place.clock.store(NOW, Ordering::SeqCst)),
        ("a use is noted", |place| wait(place.remembering.note_token_use()).expect("noted")),
        ("a token is taken away", |place| {
            place.forge(
                "delete from token_organizations where token_id in (select id from tokens where identity_id is null and person_number is null);
                delete from tokens where identity_id is null and person_number is null",
            );
        }),
        ("somebody else is changed", |place| drop(place.ground.update(2, archived(true)))),
        ("a person is forgotten", |place| drop(place.ground.purge(1))),
    ];
    for seed in [0x0dd5, 0xbead, 0xcafe] {
        let (place, mut dice) = (Place::new(), Dice::new(seed));
        let mut steps = Vec::new();
        for _ in 0..60 {
            for _ in 0..=dice.below(2) {
                // The last are seldom: they leave little.
                let seldom = if dice.below(4) == 0 { more.len() } else { 0 };
                let choice = dice.below(STEPS.len() + seldom);
                let (name, step) = if choice < STEPS.len() { STEPS[choice] } else { more[choice - STEPS.len()] };
                step(&place);
                steps.push(name);
            }
            assert_eq!(place.all_remembered(), place.all_asked(), "{steps:?}");
        }
    }
}

#[test]
fn what_a_credential_stands_at_comes_with_it() {
    let place = Place::new();
    let organization = place.ground.operator.organization();

    for secret in &place.secrets {
        for _ in ["looked up", "remembered"] {
            let found = wait(place.remembering.authenticate_standing(secret.reveal())).expect("a credential");
            let standing = wait(place.asking.standing(organization)).expect("a standing");
            assert_eq!(found.standing.organization(organization), standing.organization(organization));
            assert_eq!(found.standing.credentials(), standing.credentials());
        }
    }
}

#[test]
fn a_credential_that_is_remembered_is_noted_as_used() {
    let place = Place::new();
    let last_used = || wait(place.asking.tokens(None)).expect("tokens")[0].last_used_at.map(Instant::milliseconds);

    for later in [0, 5000] {
        place.clock.store(NOW + later, Ordering::SeqCst);
        place.all_remembered();
        wait(place.remembering.note_token_use()).expect("noted");
        assert_eq!(last_used(), Some(NOW + later));
    }
}

#[test]
fn no_revoked_token_is_taken_while_others_are_revoked() {
    const TOKENS: usize = 60;
    let ground = Ground::new();
    let place = || ground.database.open(Surroundings::with_clock(|| Instant::from_milliseconds(NOW).expect("an instant")));
    let processes = [place(), place()];
    let owner = || TokenOwner::Organizations(vec![slug("senate")]);
    let secrets: Vec<Secret> = (0..TOKENS).map(|_| wait(token(&ground.directory, owner()))).collect();
    let revoked: Vec<AtomicBool> = secrets.iter().map(|_| AtomicBool::new(false)).collect();
    let is_done = AtomicBool::new(false);

    let taken = std::thread::scope(|scope| {
        let asker = |place: usize| {
            let (directory, mut dice) = (&processes[place % 2], Dice::new(0x5eed + place as u64));
            let (secrets, revoked, is_done) = (&secrets, &revoked, &is_done);
            scope.spawn(move || {
                let mut taken = 0;
                while !is_done.load(Ordering::SeqCst) {
                    let chosen = dice.below(TOKENS);
                    let was_revoked = revoked[chosen].load(Ordering::SeqCst);
                    let is_good = wait(directory.authenticate(secrets[chosen].reveal())).is_ok();
                    assert!(!(was_revoked && is_good), "token {chosen} was revoked before it was shown");
                    taken += usize::from(is_good);
                }
                taken
            })
        };
        let askers: Vec<_> = (0..4).map(asker).collect();
        let tokens = wait(ground.directory.tokens(None)).expect("tokens");
        for token in tokens {
            wait(ground.directory.revoke_token(token.id)).expect("revoked");
            for (place, secret) in secrets.iter().enumerate() {
                if wait(ground.directory.look_up(secret.reveal())).is_err() {
                    revoked[place].store(true, Ordering::SeqCst);
                }
            }
        }
        is_done.store(true, Ordering::SeqCst);
        askers.into_iter().map(|asker| asker.join().expect("an asker")).sum::<usize>()
    });

    assert!(taken > 0);
    assert!(revoked.iter().all(|revoked| revoked.load(Ordering::SeqCst)));
}

#[test]
fn no_role_is_as_it_was_while_others_change_it() {
    const ROUNDS: u64 = 100;
    const SCOPES: [&str; 4] = ["people:read", "groups:read", "people:read,groups:read", "people:read,people:write"];
    let place = Place::new();
    place.change(with_role(LAST_ROLE));
    let state = |round: u64| Scopes::parse(SCOPES[usize::try_from(round).expect("small") % SCOPES.len()]).expect("scopes");
    place.set_scopes_of_role(SCOPES[0]);
    // The last round that has begun, and the last that is done.
    let (begun, done) = (AtomicU64::new(0), AtomicU64::new(0));

    std::thread::scope(|scope| {
        for (asker, directory) in [&place.remembering, &place.asking, &place.remembering].into_iter().enumerate() {
            let (begun, done, secret) = (&begun, &done, &place.secrets[1 + asker % 2]);
            scope.spawn(move || {
                while done.load(Ordering::SeqCst) < ROUNDS {
                    let first = done.load(Ordering::SeqCst);
                    let credential = wait(directory.authenticate(secret.reveal())).expect("a credential");
                    let last = begun.load(Ordering::SeqCst);
                    let found = credential.entries()[0].scopes;
                    assert!((first..=last).any(|round| state(round) == found), "{found:?} in the rounds {first} to {last}");
                }
            });
        }
        for round in 1..=ROUNDS {
            begun.store(round, Ordering::SeqCst);
            place.set_scopes_of_role(SCOPES[usize::try_from(round).expect("small") % SCOPES.len()]);
            done.store(round, Ordering::SeqCst);
        }
    });

    assert_eq!(wait(place.ground.directory.person(&place.ground.operator, by_number(1))).expect("a person").person.number.get(), 1);
}
