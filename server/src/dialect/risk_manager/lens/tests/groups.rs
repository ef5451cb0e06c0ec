//! Groups, and people named in them, by example and by law.

use super::super::body::{Fault, Unreadable};
use super::super::{FromBody, GroupEdit, Members, NewGroup};
use super::records::{addresses, attributes, defined_attributes, definitions, nobody, text, words};
use crate::dialect::risk_manager::wire;
use proptest::prelude::*;
use rollcall_core::directory::{GroupChange, PersonReference};
use rollcall_core::domain::{Attributes, Change, Group, GroupId, GroupNumber, LongLabel, PersonId};
use serde_json::{Value, json};
use uuid::Uuid;

/// A group of which only the name is known.
fn named(name: LongLabel) -> Group {
    Group {
        id: GroupId::new(Uuid::from_u128(5)),
        number: GroupNumber::new(5).expect("a number"),
        external_id: None,
        name,
        description: None,
        email: None,
        responsible: None,
        additional_information: None,
        custom: Attributes::new(),
        created_at: nobody().created_at,
        updated_at: nobody().created_at,
    }
}

/// Any group for which nobody is responsible.
fn groups(custom: impl Strategy<Value = Attributes>) -> impl Strategy<Value = Group> {
    let names = words().prop_filter_map("a name is not blank", |name| LongLabel::parse(&name).ok());
    (names, text(words()), text(addresses()), text(words()), custom).prop_map(|(name, description, email, information, custom)| Group {
        description,
        email,
        additional_information: information,
        custom,
        ..named(name)
    })
}

fn shown(group: &Group) -> Value {
    serde_json::to_value(wire::Group::new(group, None, true)).expect("JSON")
}

fn put(before: &Group, body: &Value) -> Result<GroupChange, Unreadable> {
    GroupEdit::from_body(body.to_string().as_bytes())?.put(before, &definitions())
}

/// The group after an edit that the API accepts.
fn edited(before: &Group, body: &Value) -> Group {
    let change = put(before, body).unwrap_or_else(|error| panic!("{error:?}: {body}"));
    let mut after = before.clone();
    change.name.apply_to_present(&mut after.name);
    change.description.apply(&mut after.description);
    change.email.apply(&mut after.email);
    change.additional_information.apply(&mut after.additional_information);
    change.custom.into_iter().for_each(|(name, change)| change.apply_to_entry(&mut after.custom, name));
    after
}

fn faults<T: std::fmt::Debug>(read: Result<T, Unreadable>) -> Vec<String> {
    match read {
        Err(Unreadable::Members(faults)) => faults.into_iter().map(|Fault { member, reason, .. }| format!("{member} {reason}")).collect(),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn putting_back_what_was_shown_of_a_group_changes_nothing(group in groups(attributes())) {
        prop_assert_eq!(put(&group, &shown(&group)), Ok(GroupChange::default()));
    }

    #[test]
    fn what_is_put_into_a_group_is_shown(before in groups(attributes()), wanted in groups(defined_attributes())) {
        let (was, written) = (shown(&before), shown(&wanted));
        let is = shown(&edited(&before, &written));

        for member in ["Name", "Description", "Email", "AdditionalInformation"] {
            match &written[member] {
                Value::Null => prop_assert_eq!(&is[member], &was[member]),
                text if *text == json!("") => prop_assert!(is[member].is_null() || was[member] == json!("")),
                text => prop_assert_eq!(&is[member], text),
            }
        }
        let kept = was["CustomAttributes"].as_object().expect("an object").clone();
        let mut expected = kept;
        expected.extend(written["CustomAttributes"].as_object().expect("an object").clone());
        prop_assert_eq!(&is["CustomAttributes"], &Value::Object(expected));
    }
}

#[test]
fn who_is_responsible_is_put_back_by_id() {
    let body = json!({ "Responsible": { "Id": nobody().id.uuid(), "Name": "", "Email": null, "Phone": null } });
    let change = put(&named(LongLabel::parse("Board").expect("a name")), &body).expect("a change");

    assert_eq!(change.responsible, Change::Set(PersonReference::Id(nobody().id)));
}

#[test]
fn a_new_group_may_name_who_is_responsible() {
    let body = json!({ "Name": "IT Team", "Responsible": { "Name": "Joseph Parks" } });
    let change = NewGroup::from_body(body.to_string().as_bytes()).expect("a group").create(&[]).expect("a change");

    assert_eq!(change.responsible, Change::Set(PersonReference::Name("Joseph Parks".to_owned())));
}

#[test]
fn everything_that_is_wrong_with_a_group_is_told_at_once() {
    let said = faults(NewGroup::from_body(br#"{"Name":"","Email":"x","Responsible":{"Id":5}}"#));

    let members: Vec<_> = said.iter().filter_map(|fault| fault.split(' ').next()).collect();
    assert_eq!(members, ["Name", "Email", "Responsible.Id"]);
}

#[test]
fn an_attribute_of_people_is_none_of_groups() {
    let of_people: Vec<_> = definitions().into_iter().take(6).collect();
    let edit = GroupEdit::from_body(br#"{"CustomAttributes":{"text":"a"}}"#).expect("an edit");

    assert_eq!(faults(edit.put(&named(LongLabel::parse("Board").expect("a name")), &of_people)).len(), 1);
}

#[test]
fn members_say_their_place_counted_from_one() {
    let said = faults(Members::from_body(br#"[{"Name":"Zoe"},{"Id":"x"},7]"#));

    assert_eq!(said, ["Members.Id must be a guid at place 2", "Members must be an object with an Id or a Name at place 3"]);
}

#[test]
fn an_id_decides_and_a_name_beside_it_is_not_compared() {
    let id = Uuid::from_u128(9);
    let body = json!([{ "id": id.simple().to_string(), "Name": "whoever", "Phone": 5 }]);

    assert_eq!(Members::from_body(body.to_string().as_bytes()), Ok(Members(vec![PersonReference::Id(PersonId::new(id))])));
}
