//! Deleted people: gone at once, never replaced, brought back whole, or erased for good.

use super::changing::{ADMIN, by_number, named, person_number, unique, with_email, with_login, with_role};
use super::{Ground, line, wait};
use crate::directory::{DirectoryError, GroupChange, PersonReference, TokenOwner};
use crate::domain::{Change, PersonChange, Quirks, Scopes};
use crate::query::PersonQuery;

/// Ana manages Bo, leads the group Arts as its chair, and signs in as `ana`.
fn ground_with_ana() -> Ground {
    with_ana(Ground::new())
}

fn with_ana(ground: Ground) -> Ground {
    ground.load(vec![
        line(2, &[("login", "ana"), ("display_name", "Ana"), ("email", "ana@example.com"), ("identity", "ana@example.com")]),
        line(3, &[("login", "bo"), ("manager", "ana")]),
    ]);
    wait(async {
        let mut import = ground.directory.import(&ground.operator, crate::directory::ImportMode::Batches).expect("allowed");
        let arts = [("group_name", "Arts"), ("group_responsible", "ana"), ("person_login", "ana"), ("membership", "Chair")];
        import.groups(vec![line(2, &arts)]).await.expect("loaded");
        assert_eq!(import.finish().await.expect("finished").refused, []);
    });
    ground
}

fn is_not_found<T>(answer: Result<T, DirectoryError>) -> bool {
    matches!(answer, Err(DirectoryError::NotFound))
}

#[test]
fn a_deleted_person_is_gone_with_everything_that_named_it() {
    let ground = ground_with_ana();

    ground.delete(1).expect("deleted");

    assert!(is_not_found(ground.person(1)));
    assert!(is_not_found(ground.delete(1)));
    let people = wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("people").people;
    assert_eq!(people.iter().map(|person| (person.number.get(), person.manager)).collect::<Vec<_>>(), [(2, None)]);
    let arts = ground.group(1).expect("a group");
    assert_eq!((arts.people, arts.group.responsible), (vec![], None));
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn a_restored_person_is_whole_and_in_every_place_it_had() {
    let ground = ground_with_ana();
    let (before, arts) = (ground.person(1).expect("somebody"), ground.group(1).expect("a group"));
    let changes = ground.history(Some(1));
    ground.delete(1).expect("deleted");

    ground.restore(1).expect("restored");

    let after = ground.person(1).expect("somebody");
    assert_eq!((after.person, after.groups), (before.person, before.groups));
    assert_eq!(ground.person(2).expect("somebody").person.manager, Some(person_number(1)));
    let again = ground.group(1).expect("a group");
    assert_eq!((again.people, again.group.responsible), (arts.people, arts.group.responsible));
    let title = |change: &crate::directory::RecordedChange| change.after.as_ref().and_then(|after| after.get("title").cloned());
    let last = ground.history(Some(1)).last().and_then(title);
    assert_eq!((last.clone(), changes.last().and_then(title)), (last, Some("Chair".into())));
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn a_number_is_never_given_again() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    ground.delete(1).expect("deleted");

    let made = ground.create(named("Bo")).expect("made");
    let taken = ground.try_load(vec![line(2, &[("number", "1"), ("login", "cy")])], crate::directory::ImportMode::Batches);

    assert_eq!(made.body, b"2 Bo");
    assert_eq!(
        taken.refused.iter().map(|line| line.reason.as_str()).collect::<Vec<_>>(),
        ["the number or uuid is that of a deleted person; restore that person first"]
    );
}

#[test]
fn whoever_is_in_the_bin_holds_no_login_and_no_address() {
    let ground = ground_with_ana();
    ground.delete(1).expect("deleted");

    assert!(ground.create(with_login("ANA")).is_ok());
    assert!(ground.create_as(&ground.operator, unique(), with_email("Ana@example.com")).is_ok());
}

#[test]
fn restoring_into_a_login_that_is_taken_names_the_holder_and_changes_nothing() {
    let ground = ground_with_ana();
    ground.delete(1).expect("deleted");
    ground.create(with_login("Ana")).expect("made");
    let before = ground.sequence();

    let refused = ground.restore(1);

    assert!(matches!(refused, Err(DirectoryError::Conflict { field: "login", holder: Some(holder) }) if holder.get() == 3));
    assert_eq!(ground.sequence(), before);
}

#[test]
fn nobody_comes_back_whose_id_is_a_login_by_now() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    let id = wait(ground.directory.person(&ground.operator, by_number(1))).expect("Ana").person.id.to_string();
    ground.delete(1).expect("deleted");
    ground.create(with_login(&id)).expect("made");

    let refused = ground.restore(1);

    assert!(matches!(refused, Err(DirectoryError::Conflict { field: "login", holder: Some(holder) }) if holder.get() == 2), "{refused:?}");
}

#[test]
fn a_restored_person_leaves_alone_what_others_took_up_meanwhile() {
    let ground = ground_with_ana();
    ground.create(named("Cy")).expect("made");
    ground.delete(1).expect("deleted");
    ground.update(2, PersonChange { manager: Change::Set(person_number(3)), ..PersonChange::default() }).expect("changed");
    let cy = Change::Set(PersonReference::Number(person_number(3)));
    ground.update_group(1, GroupChange { responsible: cy, ..GroupChange::default() }).expect("changed");

    ground.restore(1).expect("restored");

    assert_eq!(ground.person(2).expect("somebody").person.manager, Some(person_number(3)));
    assert_eq!(ground.group(1).expect("a group").group.responsible, Some(person_number(3)));
}

#[test]
fn somebody_whose_manager_is_gone_is_restored_without_one() {
    let ground = ground_with_ana();
    ground.delete(2).expect("deleted");
    ground.delete(1).expect("deleted");

    ground.restore(2).expect("restored");

    assert_eq!(ground.person(2).expect("somebody").person.manager, None);
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn an_erased_person_leaves_a_tombstone_and_no_word_in_the_history() {
    let ground = ground_with_ana();
    ground
        .update(1, PersonChange { title: Change::Set(crate::domain::Title::parse("Zyzzyva").expect("a title")), ..named("Ana") })
        .expect("changed");
    ground.delete(1).expect("deleted");

    ground.purge(1).expect("erased");

    let told = ground.history(Some(1));
    assert!(told.iter().all(|change| change.before.is_none() && change.after.is_none()));
    assert_eq!(told.last().map(|change| change.action.as_str()), Some("erase"));
    assert!(is_not_found(ground.restore(1)));
    assert!(is_not_found(ground.purge(1)));
    assert_eq!(ground.create(named("Di")).expect("made").body, b"3 Di");
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn nothing_of_an_erased_person_stays_in_the_file() {
    let ground = with_ana(Ground::on_a_file());
    let zyzzyva = PersonChange { title: Change::Set(crate::domain::Title::parse("Zyzzyva").expect("a title")), ..PersonChange::default() };
    ground.update(1, zyzzyva).expect("changed");
    ground.delete(1).expect("deleted");
    ground.purge(1).expect("erased");
    let Ground { directory, database, .. } = ground;

    drop(directory);

    let holds =
        |file: std::path::PathBuf| std::fs::read(file).expect("a file").windows(7).any(|bytes| bytes.eq_ignore_ascii_case(b"zyzzyva"));
    let files = std::fs::read_dir(database.folder()).expect("a folder").map(|file| file.expect("a file").path());
    assert_eq!(files.filter(|file| holds(file.clone())).collect::<Vec<_>>(), Vec::<std::path::PathBuf>::new());
}

/// Whether any file of the database, as it lies there while the server runs, holds these bytes.
fn is_on_disk(ground: &Ground, bytes: &[u8]) -> bool {
    let holds = |file: std::path::PathBuf| std::fs::read(file).expect("a file").windows(bytes.len()).any(|part| part == bytes);
    std::fs::read_dir(ground.database.folder()).expect("a folder").any(|file| holds(file.expect("a file").path()))
}

#[test]
fn a_running_server_keeps_nothing_of_an_erased_person_in_its_log() {
    let ground = with_ana(Ground::on_a_file());
    let zyzzyva = PersonChange { title: Change::Set(crate::domain::Title::parse("Zyzzyva").expect("a title")), ..PersonChange::default() };
    ground.update(1, zyzzyva).expect("changed");
    ground.delete(1).expect("deleted");

    ground.purge(1).expect("erased");

    assert!(!is_on_disk(&ground, b"Zyzzyva"));
}

#[test]
fn the_search_index_holds_no_part_of_an_erased_name() {
    let ground = with_ana(Ground::on_a_file());
    ground.update(1, named("qxj")).expect("changed");
    ground.delete(1).expect("deleted");

    ground.purge(1).expect("erased");

    assert!(!is_on_disk(&ground, b"qxj"));
}

#[test]
fn an_erased_person_s_identity_is_known_by_nothing_unless_it_enters_elsewhere() {
    let ground = ground_with_ana();
    let address = crate::domain::Email::parse("ana@example.com").expect("an address");
    let is_free = || wait(ground.directory.create_identity(&address, None)).is_ok();
    ground.delete(1).expect("deleted");
    let before = is_free();

    ground.purge(1).expect("erased");

    assert_eq!((before, is_free()), (false, true));
}

#[test]
fn only_somebody_in_the_bin_is_erased() {
    let ground = ground_with_ana();

    assert!(is_not_found(ground.purge(1)));
    assert!(ground.person(1).is_ok());
}

#[test]
fn the_token_of_a_deleted_person_lets_nobody_in_until_it_is_restored() {
    let ground = ground_with_ana();
    let owner = TokenOwner::Person(ground.operator.slug().clone(), person_number(1));
    let new =
        crate::directory::NewToken { owner, scopes: Scopes::all(), name: String::new(), expires_in_seconds: None, quirks: Quirks::none() };
    let secret = wait(ground.directory.create_token(new)).expect("a token");
    let enters = || wait(ground.directory.authenticate(secret.reveal())).and_then(|credential| credential.enter(None)).is_ok();
    let first = enters();

    ground.delete(1).expect("deleted");
    let second = enters();
    ground.restore(1).expect("restored");

    assert_eq!((first, second, enters()), (true, false, true));
}

#[test]
fn restoring_and_erasing_want_the_scope_of_admins() {
    let ground = ground_with_ana();
    ground.delete(1).expect("deleted");
    let actor = ground.token("people:read,people:write");

    let answers =
        [wait(ground.directory.restore_person(&actor, person_number(1))), wait(ground.directory.purge_person(&actor, person_number(1)))];

    assert!(answers.iter().all(|answer| matches!(answer, Err(DirectoryError::Forbidden(_)))));
}

#[test]
fn the_last_owner_is_not_deleted_demoted_blocked_or_archived() {
    let ground = ground_with_ana();
    ground.update(1, with_role(super::changing::OWNER)).expect("changed");
    let blocked = PersonChange { account: Change::Set(crate::domain::Account::Blocked), ..PersonChange::default() };
    let archived = PersonChange { is_archived: Change::Set(true), ..PersonChange::default() };

    let refused = [
        ground.delete(1),
        ground.update(1, with_role(ADMIN)).map(drop),
        ground.update(1, blocked.clone()).map(drop),
        ground.update(1, archived).map(drop),
    ];

    assert!(refused.iter().all(|answer| matches!(answer, Err(DirectoryError::LastOwner))), "{refused:?}");
    ground.update(2, with_role(super::changing::OWNER)).expect("changed");
    assert!(ground.update(1, blocked).is_ok());
}

#[test]
fn two_who_were_deleted_are_manager_and_report_again_whoever_comes_back_first() {
    for deleted in [[1, 2], [2, 1]] {
        for restored in [[1, 2], [2, 1]] {
            let ground = ground_with_ana();
            deleted.into_iter().for_each(|number| ground.delete(number).expect("deleted"));

            restored.into_iter().for_each(|number| ground.restore(number).expect("restored"));

            assert_eq!(ground.person(2).expect("somebody").person.manager, Some(person_number(1)), "{deleted:?} {restored:?}");
            assert_eq!(ground.findings(), Vec::<String>::new());
        }
    }
}

#[test]
fn a_check_between_writes_finds_the_search_index_sound() {
    let ground = Ground::new();
    for round in 0..40 {
        let login = format!("somebody{round}");
        ground.create(with_login(&login)).expect("made");
        if round % 8 == 0 {
            assert_eq!(ground.findings(), Vec::<String>::new(), "round {round}");
        }
    }
}
