//! Loading twice is loading once, and a refused line leaves nothing behind.

use super::{Ground, line, wait};
use crate::directory::{ImportMode, ImportReport, Line};
use crate::domain::Person;
use crate::query::{GroupQuery, PersonQuery};

fn people(ground: &Ground) -> Vec<Person> {
    wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("an answer").people
}

fn group_names(ground: &Ground) -> Vec<(i64, String)> {
    let groups = wait(ground.directory.groups(&ground.operator, &GroupQuery::default())).expect("an answer").groups;
    groups.iter().map(|group| (group.number.get(), group.name.to_string())).collect()
}

fn sequence(ground: &Ground) -> i64 {
    wait(ground.directory.organization(&ground.operator)).expect("an organization").sequence
}

fn reasons(report: &ImportReport) -> Vec<&str> {
    report.refused.iter().map(|line| line.reason.as_str()).collect()
}

/// Loads lines twice, each in a batch of its own; the second time must change nothing.
fn load_twice(ground: &Ground, lines: &[Line]) {
    let load = || {
        wait(async {
            let mut import = ground.directory.import(&ground.operator, ImportMode::Batches).expect("allowed");
            for line in lines {
                import.people(vec![line.clone()]).await.expect("loaded");
            }
            import.finish().await.expect("finished")
        })
    };
    load();
    let (before, loaded) = (sequence(ground), people(ground));

    let second = load();

    assert_eq!((second.people.created, second.people.updated, second.memberships.created), (0, 0, 0), "{second:?}");
    assert_eq!((sequence(ground), people(ground)), (before, loaded));
}

#[test]
fn a_manager_is_the_best_match_of_the_whole_file() {
    let ground = Ground::new();
    let lines = [line(2, &[("external_id", "30")]), line(3, &[("external_id", "20"), ("manager", "1")]), line(4, &[("external_id", "1")])];

    load_twice(&ground, &lines);

    let people = people(&ground);
    assert_eq!(people[1].manager, Some(people[2].number));
    assert_eq!(people[2].external_id.as_ref().map(AsRef::as_ref), Some("1"));
}

#[test]
fn managers_by_every_key_are_the_same_at_a_second_import() {
    let ground = Ground::new();

    load_twice(
        &ground,
        &[
            line(2, &[("external_id", "a"), ("manager", "a")]),
            line(3, &[("external_id", "b"), ("manager", "c@example.com")]),
            line(4, &[("external_id", "c"), ("email", "C@example.com"), ("manager", "b")]),
            line(5, &[("external_id", "d"), ("manager", "ＲＯＯＴ")]),
            line(6, &[("number", "9"), ("login", "root"), ("manager", "9")]),
        ],
    );

    let managers: Vec<_> = people(&ground).iter().map(|person| person.manager.map(|number| number.get())).collect();
    assert_eq!(managers, [Some(1), Some(3), Some(2), Some(9), Some(9)]);
}

#[test]
fn a_person_who_is_given_a_manager_at_the_end_is_counted_as_updated() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("external_id", "a")])]);

    let report = ground.load(vec![line(2, &[("external_id", "a"), ("manager", "b")]), line(3, &[("external_id", "b")])]);

    assert_eq!((report.people.created, report.people.updated, report.people.unchanged), (1, 1, 0));
}

#[test]
fn a_cleared_manager_is_gone() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("external_id", "a"), ("manager", "a")])]);

    ground.load(vec![line(2, &[("external_id", "a"), ("manager", "")])]);

    assert_eq!(people(&ground)[0].manager, None);
}

#[test]
fn groups_and_roles_by_number_name_and_case_are_made_once() {
    let ground = Ground::new();

    load_twice(
        &ground,
        &[
            line(2, &[("external_id", "a"), ("groups", "Arts;3;ARTS;3"), ("role", "Project lead")]),
            line(3, &[("external_id", "b"), ("groups", "1;arts"), ("role", "project-lead")]),
            line(4, &[("external_id", "c"), ("groups", "Law"), ("role", "77")]),
            line(5, &[("external_id", "d"), ("groups", "3"), ("role", "ROLE_PROJECT_LEAD")]),
            line(
                6,
                &[("external_id", "e"), ("level", "Senior"), ("job_title", "Clerk"), ("price_list", "Gold"), ("identity", "e@example.com")],
            ),
            line(
                7,
                &[("external_id", "f"), ("level", "SENIOR"), ("job_title", "clerk"), ("price_list", "GOLD"), ("identity", "f@example.com")],
            ),
        ],
    );

    assert_eq!(group_names(&ground), [(1, "Arts".to_owned()), (3, "3".to_owned()), (4, "Law".to_owned())]);
    let roles = wait(ground.directory.roles(&ground.operator)).expect("roles");
    let made: Vec<_> = roles.iter().skip(4).map(|role| (role.number.get(), role.code.as_str())).collect();
    assert_eq!(made, [(5, "ROLE_PROJECT_LEAD"), (6, "ROLE_PROJECT_LEAD_2"), (77, "ROLE_77")]);
}

#[test]
fn people_without_keys_and_with_ids_alone_are_found_again() {
    let ground = Ground::new();

    load_twice(
        &ground,
        &[
            line(2, &[("given_name", "Ana"), ("family_name", "Silva")]),
            line(3, &[("uuid", "00000000-0000-7000-8000-000000000001")]),
            line(4, &[("number", "12")]),
            line(5, &[("display_name", "ANA")]),
            line(6, &[("email", "bo@example.com")]),
        ],
    );

    assert_eq!(people(&ground).len(), 5);
}

#[test]
fn a_key_that_several_share_names_nobody_and_makes_nobody() {
    let ground = Ground::new();
    ground.load(vec![
        line(2, &[("external_id", "a"), ("email", "office@example.com")]),
        line(3, &[("external_id", "b"), ("email", "office@example.com")]),
        line(4, &[("number", "8"), ("display_name", "Ana")]),
        line(5, &[("number", "9"), ("display_name", "Ana")]),
    ]);

    let lines = vec![line(2, &[("email", "office@example.com")]), line(3, &[("display_name", "Ana")])];
    let report = ground.try_load(lines, ImportMode::Batches);

    assert_eq!((people(&ground).len(), report.refused.len()), (4, 2));
}

#[test]
fn a_name_that_several_groups_share_makes_no_further_group() {
    let ground = Ground::new();
    ground.load_groups(vec![
        line(2, &[("group_external_id", "a"), ("group_name", "Arts")]),
        line(3, &[("group_external_id", "b"), ("group_name", "Arts")]),
    ]);

    let joined = ground.try_load(vec![line(2, &[("login", "jane"), ("groups", "arts")])], ImportMode::Batches);
    let named = ground.load_groups(vec![line(2, &[("group_name", "Arts")])]);

    assert_eq!(reasons(&joined), reasons(&named));
    assert_eq!((group_names(&ground).len(), people(&ground).len(), joined.refused.len()), (2, 0, 1));
}

#[test]
fn a_refused_line_leaves_nothing_behind() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("external_id", "a"), ("identity", "ana@example.com")])]);
    let before = sequence(&ground);

    let new = [("role", "Clown"), ("job_title", "Fool"), ("level", "Low"), ("price_list", "Free"), ("custom.shoe", "43")];
    let wrong = [("identity", "ana@example.com"), ("groups", &"x".repeat(401)), ("identity", "nobody")];
    let lines = (2..).zip(wrong).map(|(number, cell)| line(number, &[&[("login", "omar"), cell][..], &new].concat()));
    let report = ground.try_load(lines.collect(), ImportMode::Batches);

    assert_eq!((report.refused.len(), people(&ground).len(), sequence(&ground)), (3, 1, before));
}

#[test]
fn a_refused_atomic_import_claims_nothing() {
    let ground = Ground::new();
    let lines = || vec![line(2, &[("login", "jane"), ("groups", "Arts")]), line(3, &[("login", "omar"), ("email", "nowhere")])];

    let refused = ground.try_load(lines(), ImportMode::Atomic);
    let rehearsed = ground.try_load(lines(), ImportMode::DryRun);

    assert_eq!((refused.people.created, refused.groups.created, refused.memberships.created, refused.is_kept), (0, 0, 0, false));
    assert_eq!((rehearsed.people.created, rehearsed.groups.created, rehearsed.memberships.created, rehearsed.is_kept), (1, 1, 1, false));
}

#[test]
fn only_the_first_line_says_what_a_group_is() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("external_id", "a")]), line(3, &[("external_id", "b")])]);
    let group = |number, name, description, person| {
        let cells = [("group_external_id", "G"), ("group_name", name), ("group_description", description), ("person_external_id", person)];
        line(number, &cells)
    };
    let lines = || vec![group(2, "Arts", "Of all kinds", "a"), group(3, "ARTS", "", "b"), group(4, "Law", "", "b")];

    let first = ground.load_groups(lines());
    let before = sequence(&ground);
    let second = ground.load_groups(lines());

    assert_eq!(reasons(&first), ["says something else of the group than line 2"]);
    assert_eq!((second.groups.unchanged, second.memberships.unchanged, sequence(&ground)), (1, 2, before));
    assert_eq!(group_names(&ground), [(1, "Arts".to_owned())]);
}

#[test]
fn the_ids_of_a_group_never_change() {
    let ground = Ground::new();
    ground.load_groups(vec![line(2, &[("group_number", "7"), ("group_name", "Arts")])]);

    let known = ground.load_groups(vec![line(2, &[("group_number", "7"), ("group_external_id", "G")])]);
    let other = ground.load_groups(vec![line(2, &[("group_external_id", "G"), ("group_number", "8")])]);

    assert_eq!((known.groups.updated, reasons(&other)), (1, vec!["group_number is not 7, that of the group which the line names"]));
    let group = ground.group(7).expect("a group").group;
    assert_eq!(group.external_id.map(|id| id.to_string()).as_deref(), Some("G"));
}

#[test]
fn an_identity_enters_as_the_person_that_has_it_whatever_became_of_the_import() {
    let ground = Ground::new();
    let with = |id, identity| vec![line(2, &[("external_id", id), ("identity", identity)])];
    ground.load(with("a", "ana@example.com"));

    ground.try_load(with("b", "bo@example.com"), ImportMode::DryRun);
    ground.load(with("a", "cy@example.com"));
    ground.load(with("b", "ana@example.com"));
    ground.load(with("a", ""));

    let held: Vec<_> = people(&ground).iter().map(|person| person.identity.is_some()).collect();
    assert_eq!(held, [false, true]);
    assert_eq!(wait(ground.directory.check()).expect("a report").findings, Vec::<String>::new());
}

#[test]
fn an_import_cut_short_is_completed_by_the_next() {
    let lines = || -> Vec<Line> {
        let lines = (1..=60).map(|number: u64| {
            let manager = format!("E{}", 61 - number);
            let cells = [("external_id", format!("E{number}")), ("manager", manager), ("groups", format!("G{}", number % 7))];
            line(number + 1, &cells.each_ref().map(|(column, text)| (*column, text.as_str())))
        });
        lines.collect()
    };
    let [whole, cut] = [(); 2].map(|()| Ground::new());
    let load = |ground: &Ground, batches: usize| {
        wait(async {
            let mut import = ground.directory.import(&ground.operator, ImportMode::Batches).expect("allowed");
            for batch in lines().chunks(10).take(batches) {
                import.people(batch.to_vec()).await.expect("loaded");
            }
            if batches == 6 { Some(import.finish().await.expect("finished")) } else { None }
        })
    };

    load(&whole, 6);
    load(&cut, 4);
    let report = load(&cut, 6).expect("a report");

    let told = |ground: &Ground| -> Vec<_> {
        people(ground).into_iter().map(|person| (person.number, person.external_id, person.manager, person.updated_at)).collect()
    };
    assert_eq!((report.people.created, report.refused.len()), (20, 0));
    assert_eq!((told(&cut), group_names(&cut)), (told(&whole), group_names(&whole)));
    assert_eq!(wait(cut.directory.check()).expect("a report").findings, Vec::<String>::new());
}
