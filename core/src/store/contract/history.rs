//! Every change is one row: who, when, through what, of what, before and after; and nothing else is a change.

use super::changing::{by_number, named, person_number, with_email, with_role};
use super::strangers::strangers;
use super::{Ground, line, wait};
use crate::directory::{Precondition, RecordedChange};
use crate::domain::{Change, GroupNumber, PersonChange};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

fn object(fields: Option<&Map<String, Value>>) -> Value {
    fields.map_or(Value::Null, |fields| Value::Object(fields.clone()))
}

#[test]
fn a_change_says_who_did_what_through_which_api_as_which_request() {
    let ground = Ground::new();
    let actor = ground.token("people:read,people:write");

    ground.create_as(&actor, super::changing::unique(), named("Ana")).expect("made");

    let change = ground.history(Some(1)).remove(0);
    assert!(change.actor.starts_with("token "), "{}", change.actor);
    assert_eq!((change.dialect.as_deref(), change.request.as_deref()), (Some("proofhub"), Some("request-1")));
    assert_eq!((change.action.as_str(), change.subject.as_str(), change.number), ("create", "person", 1));
    assert_eq!(change.before, None);
    assert_eq!(change.after.as_ref().and_then(|after| after.get("display_name")), Some(&json!("Ana")));
}

#[test]
fn an_update_says_what_differs_and_nothing_else() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");

    ground.update(1, with_email("ana@example.com")).expect("changed");
    ground.update(1, PersonChange { display_name: Change::Clear, ..named("") }).expect("changed");

    let changes = ground.history(Some(1));
    let pairs: Vec<_> = changes[1..].iter().map(|change| (object(change.before.as_ref()), object(change.after.as_ref()))).collect();
    assert_eq!(pairs, [(json!({}), json!({ "email": "ana@example.com" })), (json!({ "display_name": "Ana" }), json!({}))]);
}

#[test]
fn a_write_that_changes_nothing_is_no_change() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    let (sequence, before) = (ground.sequence(), ground.person(1).expect("somebody"));

    let again = ground.update(1, named("Ana")).expect("an answer");

    assert_eq!((ground.sequence(), again.version), (sequence, before.version));
    assert_eq!(again.person, before.person);
}

#[test]
fn putting_somebody_into_groups_is_a_change_for_each_of_them() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    ground.create_group("Arts", &[]).expect("made");
    ground.create_group("Law", &[]).expect("made");
    let groups = |numbers: &[i64]| numbers.iter().map(|number| GroupNumber::new(*number).expect("a number")).collect();
    let into = |numbers| PersonChange { groups: Change::Set(groups(numbers)), ..PersonChange::default() };

    ground.update(1, into(&[1, 2])).expect("changed");
    ground.update(1, into(&[2])).expect("changed");

    assert_eq!(ground.last_changes(3), ["create membership 1", "create membership 1", "delete membership 1"]);
    assert_eq!(ground.history(Some(1)).last().and_then(|change| change.group), GroupNumber::new(1).ok());
    assert_eq!(ground.person(1).expect("somebody").groups, groups(&[2]));
}

#[test]
fn a_deleted_group_lets_its_members_go_one_by_one() {
    let ground = Ground::new();
    ground.create(named("Ana")).expect("made");
    ground.create(named("Bo")).expect("made");
    ground.create_group("Arts", &[1, 2]).expect("made");

    let key = crate::directory::GroupKey::Number(GroupNumber::new(1).expect("a number"));
    wait(ground.directory.delete_group(&ground.operator, key, &Precondition::default())).expect("deleted");

    assert_eq!(ground.last_changes(3), ["delete membership 1", "delete membership 2", "delete group 1"]);
    assert!(ground.group(1).is_err());
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn only_the_command_line_and_admins_see_the_history() {
    let ground = Ground::new();
    let actor = ground.token("people:read,people:write,groups:read,groups:write,organization:read");

    assert!(wait(ground.directory.history(&actor, 0, None, 10)).is_err());
}

#[test]
fn the_sequence_has_no_gap_and_moments_never_go_back() {
    let ground = Ground::new();
    ground.load(strangers(20));
    ground.create_group("Arts", &[1, 2, 3]).expect("made");
    ground.delete(2).expect("deleted");
    ground.restore(2).expect("restored");

    let changes = ground.history(None);

    assert_eq!(changes.iter().map(|change| change.sequence).collect::<Vec<_>>(), (1..=ground.sequence()).collect::<Vec<_>>());
    assert!(changes.is_sorted_by_key(|change| change.at));
}

/// What people are by their changes alone.
fn replayed(changes: &[RecordedChange]) -> BTreeMap<i64, Map<String, Value>> {
    let mut people: BTreeMap<i64, Map<String, Value>> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.subject == "person") {
        let fields = people.entry(change.number).or_default();
        for gone in change.before.iter().flatten().map(|(name, _)| name) {
            fields.remove(gone);
        }
        fields.extend(change.after.clone().unwrap_or_default());
        if change.action == "delete" {
            people.remove(&change.number);
        }
    }
    people
}

#[test]
fn people_are_what_their_history_adds_up_to() {
    let ground = Ground::new();
    ground.load(strangers(60));
    let again = strangers(61).split_off(1).into_iter().zip(2..).map(|(mut line, number)| {
        // Each stranger becomes the next one, but for the keys.
        line.cells.retain(|(column, _)| !["external_id", "uuid", "number", "login", "identity"].contains(&column.as_str()));
        line.cells.push(("number".to_owned(), crate::directory::Cell::Text((number - 1).to_string())));
        line
    });
    ground.load(again.collect());
    ground.update(3, PersonChange { manager: Change::Set(person_number(4)), ..PersonChange::default() }).expect("changed");
    ground.delete(4).expect("deleted");
    ground.restore(4).expect("restored");
    ground.delete(5).expect("deleted");
    ground.update(6, with_role(super::changing::ADMIN)).expect("changed");

    let replayed = replayed(&ground.history(None));

    let query = crate::query::PersonQuery::default();
    let people = wait(ground.directory.people(&ground.operator, &query)).expect("people").people;
    let stored: BTreeMap<_, _> = people.iter().map(|person| (person.number.get(), crate::directory::person_fields(person))).collect();
    assert_eq!(replayed, stored);
}

#[test]
fn a_person_s_moment_of_change_is_that_of_its_last_change() {
    let ground = Ground::new();
    ground.load(vec![line(2, &[("login", "ana")])]);
    ground.update(1, named("Ana")).expect("changed");

    let person = wait(ground.directory.person(&ground.operator, by_number(1))).expect("somebody").person;

    assert_eq!(ground.history(Some(1)).last().map(|change| change.at), Some(person.updated_at));
}
