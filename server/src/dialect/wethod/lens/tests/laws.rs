//! The three laws of a lens, over random people and random writes.

use super::super::PersonWrite;
use super::people::{body, person};
use super::{before, shown};
use proptest::prelude::*;
use rollcall_core::domain::{Person, PersonChange};
use serde_json::{Map, Value};

/// The person after a write.
fn put(body: Map<String, Value>, person: &Person) -> Person {
    let mut after = person.clone();
    PersonWrite::read(body).put(&before(person.clone())).expect("a change").apply(&mut after);
    after
}

/// Where a member that is written is shown, and how. `None`: it is not shown.
fn expected(name: &str, written: &Value) -> Option<(String, Value)> {
    let code = |number: i64| if number == 1 { "ROLE_ADMIN" } else { "ROLE_USER" };
    match name {
        "role_id" => Some(("role".to_owned(), written.as_i64().map_or(Value::Null, |number| code(number).into()))),
        "capacity_id" | "location_id" | "stream_id" => None,
        _ => Some((name.to_owned(), written.clone())),
    }
}

/// The person with what this API shows of `other`.
fn with_shown_of(person: &Person, other: &Person) -> Person {
    let Person { given_name, family_name, display_name, .. } = other.clone();
    Person {
        given_name,
        family_name,
        display_name,
        role: other.role,
        job_title: other.job_title,
        level: other.level,
        price_list: other.price_list,
        manager: other.manager,
        is_archived: other.is_archived,
        is_visible_in_people_allocation: other.is_visible_in_people_allocation,
        has_timesheet_required: other.has_timesheet_required,
        ..person.clone()
    }
}

proptest! {
    #[test]
    fn what_is_put_is_shown(person in person(), body in body()) {
        let after = shown(&before(put(body.clone(), &person)));

        for (name, written) in &body {
            if let Some((member, value)) = expected(name, written) {
                prop_assert_eq!(&after[&member], &value, "{}", name);
            }
        }
    }

    #[test]
    fn what_is_not_put_stays(person in person(), body in body()) {
        let after = shown(&before(put(body.clone(), &person)));

        let written: Vec<String> = body.iter().filter_map(|(name, value)| expected(name, value)).map(|(member, _)| member).collect();
        for (name, value) in shown(&before(person)).iter().filter(|(name, _)| !written.contains(name)) {
            prop_assert_eq!(&after[name], value, "{}", name);
        }
    }

    #[test]
    fn putting_back_what_is_shown_changes_nothing(person in person(), left_out in any::<[bool; 14]>()) {
        let before = before(person);
        let members = shown(&before).into_iter().zip(left_out);
        let body = members.filter(|(_, is_left_out)| !is_left_out).map(|(member, _)| member).collect();

        let change = PersonWrite::read(body).put(&before).expect("a change");

        prop_assert_eq!(change, PersonChange::default());
    }

    #[test]
    fn a_write_that_is_repeated_changes_nothing_more(person in person(), body in body()) {
        let after = put(body.clone(), &person);

        let again = PersonWrite::read(body).put(&before(after)).expect("a change");

        prop_assert_eq!(again, PersonChange::default());
    }

    #[test]
    fn what_is_not_shown_stays(person in person(), body in body()) {
        let after = put(body, &person);

        prop_assert_eq!(with_shown_of(&after, &person), person);
    }

    #[test]
    fn a_whole_name_is_never_written_and_goes_only_when_a_part_changes(person in person(), body in body()) {
        let after = put(body, &person);

        if after.display_name != person.display_name {
            prop_assert_eq!(&after.display_name, &None);
            prop_assert_ne!(after.given_and_family(), person.given_and_family());
        }
    }
}
