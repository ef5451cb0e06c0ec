//! The three laws of a lens, over random people and random writes.

use super::super::PersonWrite;
use super::people::{body, groups, person};
use super::{before, object, shown};
use crate::dialect::proofhub::wire::EVERYBODY;
use proptest::prelude::*;
use rollcall_core::directory::PersonBefore;
use rollcall_core::domain::{GroupNumber, Person};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The person and its groups after a write.
fn put(body: Map<String, Value>, before: &PersonBefore) -> (Person, Vec<GroupNumber>) {
    let (mut person, mut groups) = (before.person.clone(), before.groups.clone());
    let change = PersonWrite::read(body).expect("a body").put(before).expect("a change");
    change.groups.clone().apply_to_present(&mut groups);
    change.apply(&mut person);
    (person, groups)
}

/// What a member must be shown as after it was written; `None` where that is not for the write alone to say.
fn normal_form(name: &str, written: &Value, old: &Value) -> Option<Value> {
    let is_none = written.is_null() || written == "";
    match name {
        "suspended" | "send_invite" if is_none => Some(old.clone()),
        "image_url" if is_none => Some(Value::Null),
        "profile_color" if is_none => Some("#781f1f".into()),
        "first_name" | "last_name" | "title" if is_none => Some("".into()),
        "language" => Some(if is_none { "en".into() } else { first_part(written).into() }),
        "role" => Some(json!({ "id": id(written.get("id").unwrap_or(written)).unwrap_or(super::DEFAULT_ROLE) })),
        "projects" => Some(written.as_array().expect("a list").iter().map(id).collect()),
        "email" => Some(written.as_str().expect("a text").trim().into()),
        // Initials that are shown already may be derived, and then follow the names.
        "initials" if is_none || written == old => None,
        "groups" => Some(members_of(written)),
        // Whichever row of its zone it is; without a zone, the one of UTC.
        "timezone" => Some(id(written).unwrap_or(49).into()),
        _ => Some(written.clone()),
    }
}

/// The ids of groups as they are shown: ascending, each once, and never everybody's.
fn members_of(written: &Value) -> Value {
    let ids: BTreeSet<i64> = written.as_array().expect("a list").iter().filter_map(id).collect();
    ids.into_iter().filter(|id| *id != EVERYBODY).collect()
}

fn id(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn first_part(tag: &Value) -> String {
    tag.as_str().and_then(|tag| tag.split('-').next()).expect("a tag").to_ascii_lowercase()
}

/// The person with what this API shows of `other`.
fn with_shown_of(person: &Person, other: &Person) -> Person {
    let other = other.clone();
    Person {
        given_name: other.given_name,
        family_name: other.family_name,
        title: other.title,
        email: other.email,
        role: other.role,
        time_zone: other.time_zone,
        time_zone_row: other.time_zone_row,
        initials: other.initials,
        photo: other.photo,
        profile_color: other.profile_color,
        language: other.language,
        account: other.account,
        is_archived: other.is_archived,
        send_invite: other.send_invite,
        projects: other.projects,
        ..person.clone()
    }
}

fn name_shown(person: &Person) -> [String; 2] {
    let (given, family) = person.given_and_family();
    [given, family].map(|part| part.unwrap_or_default().to_owned())
}

proptest! {
    #[test]
    fn what_is_put_is_shown(person in person(), groups in groups(), body in body()) {
        let old = shown(&person, &groups);

        let (after, after_groups) = put(body.clone(), &before(&person, &groups));

        let new = shown(&after, &after_groups);
        for (name, written) in &body {
            if let Some(expected) = normal_form(name, written, &old[name]) {
                prop_assert_eq!(&new[name], &expected, "{}", name);
            }
        }
    }

    #[test]
    fn what_is_not_put_stays(person in person(), groups in groups(), body in body()) {
        let old = shown(&person, &groups);

        let (after, after_groups) = put(body.clone(), &before(&person, &groups));

        let new = shown(&after, &after_groups);
        // Initials that are derived follow the names.
        for (name, value) in object(old).iter().filter(|(name, _)| !body.contains_key(*name) && *name != "initials") {
            prop_assert_eq!(&new[name], value, "{}", name);
        }
    }

    #[test]
    fn putting_back_what_is_shown_changes_nothing(person in person(), groups in groups(), left_out in any::<[bool; 18]>()) {
        let members = object(shown(&person, &groups)).into_iter().zip(left_out);
        let body = members.filter(|(_, is_left_out)| !is_left_out).map(|(member, _)| member).collect();

        let change = PersonWrite::read(body).expect("a body").put(&before(&person, &groups)).expect("a change");

        prop_assert_eq!(change, Default::default());
    }

    #[test]
    fn a_write_that_is_repeated_changes_nothing_more(person in person(), groups in groups(), mut body in body()) {
        // Initials that were derived from the old names, sent together with new names, are taken for what they were
        // the first time; once they are shown no more, somebody has chosen them.
        body.remove("initials");

        let (after, groups) = put(body.clone(), &before(&person, &groups));

        let again = PersonWrite::read(body).expect("a body").put(&before(&after, &groups)).expect("a change");

        prop_assert_eq!(again, Default::default());
    }

    #[test]
    fn what_is_not_shown_stays(person in person(), groups in groups(), body in body()) {
        let (after, _) = put(body, &before(&person, &groups));

        let unseen = Person { display_name: person.display_name.clone(), ..with_shown_of(&after, &person) };
        prop_assert_eq!(&unseen, &person);
    }

    #[test]
    fn a_whole_name_is_never_written_and_goes_only_when_a_part_changes(person in person(), groups in groups(), body in body()) {
        let (after, _) = put(body, &before(&person, &groups));

        if after.display_name != person.display_name {
            prop_assert_eq!(&after.display_name, &None);
            prop_assert_ne!(name_shown(&after), name_shown(&person));
        }
    }

    #[test]
    fn a_new_person_is_shown_as_it_was_written(body in body()) {
        let nobody = super::nobody();
        let old = shown(&nobody, &[]);
        let mut new = nobody.clone();

        let change = PersonWrite::read(body.clone()).expect("a body").create();
        let mut groups = Vec::new();
        change.groups.clone().apply_to_present(&mut groups);
        change.apply(&mut new);

        let new = shown(&new, &groups);
        for (name, written) in &body {
            if let Some(expected) = normal_form(name, written, &old[name]) {
                prop_assert_eq!(&new[name], &expected, "{}", name);
            }
        }
    }
}
