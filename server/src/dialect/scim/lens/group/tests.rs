//! The three laws of the lens over random groups, and by example what a replacement leaves.

use super::super::super::caller::Base;
use super::super::super::schema::{CUSTOM_GROUP, GROUP, ROLLCALL_GROUP, ResourceSchema};
use super::super::super::wire::group;
use super::super::super::wire::user::Manager;
use super::*;
use proptest::option;
use proptest::prelude::*;
use rollcall_core::domain::{
    AttributeKind, AttributeNumber, AttributeObject, AttributeValue, Attributes, Definition, Group, GroupId, GroupNumber, Instant, Limits,
    PersonId, PersonNumber, Text, TextKind, VariableName,
};
use serde_json::json;
use uuid::Uuid;

/// People that may be responsible for a group, by number.
const PEOPLE: i64 = 3;

fn person(number: i64) -> PersonId {
    PersonId::new(Uuid::from_u128(number.unsigned_abs().into()))
}

fn room() -> VariableName {
    VariableName::parse("room").expect("a name")
}

fn schema() -> ResourceSchema {
    let now = Instant::from_milliseconds(0).expect("an instant");
    let definition = Definition {
        number: AttributeNumber::new(1).expect("a number"),
        object: AttributeObject::Group,
        name: room(),
        kind: AttributeKind::Text,
        label: LongLabel::parse("Room").expect("a label"),
        description: None,
        limits: Limits::default(),
        created_at: now,
        updated_at: now,
    };
    ResourceSchema::group(&[definition])
}

fn named(name: LongLabel) -> Group {
    let now = Instant::from_milliseconds(0).expect("an instant");
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
        created_at: now,
        updated_at: now,
    }
}

fn text<K: TextKind>(pattern: &'static str) -> impl Strategy<Value = Text<K>> {
    pattern.prop_filter_map("the kind takes it", |text| Text::parse(&text).ok())
}

fn groups() -> impl Strategy<Value = Group> {
    let words = "[ -~]{1,12}";
    let email = option::of(text("[a-z]{1,5}@[a-z]{1,5}\\.org"));
    let custom = option::of("[ -~]{1,9}");
    let parts =
        (text(words), option::of(text(words)), option::of(text(words)), email, option::of(text(words)), option::of(1..=PEOPLE), custom);
    parts.prop_map(|(name, external_id, description, email, additional_information, responsible, custom)| Group {
        external_id,
        description,
        email,
        additional_information,
        responsible: responsible.and_then(|number| PersonNumber::new(number).ok()),
        custom: custom.map(|text| (room(), AttributeValue::Text(text.into()))).into_iter().collect(),
        ..named(name)
    })
}

fn shown(group: &Group) -> Map<String, Value> {
    let schema = schema();
    let responsible = group.responsible.map(|number| Manager { id: person(number.get()), display_name: None });
    let shown = group::Group { group, members: &[], responsible, custom: schema.custom() };
    shown.members(&Base::new("https://people.example", None)).into_map()
}

fn asked(before: &Group, written: Map<String, Value>, method: Method) -> GroupChange {
    let schema = schema();
    change(written, method, Before { shown: &shown(before), custom: schema.custom() }).expect("a change")
}

/// The group after a write.
fn after(before: &Group, written: Map<String, Value>, method: Method) -> Group {
    let change = asked(before, written, method);
    let mut after = before.clone();
    change.external_id.apply(&mut after.external_id);
    change.name.apply_to_present(&mut after.name);
    change.description.apply(&mut after.description);
    change.email.apply(&mut after.email);
    change.additional_information.apply(&mut after.additional_information);
    change.custom.into_iter().for_each(|(name, change)| change.apply_to_entry(&mut after.custom, name));
    match change.responsible {
        Change::Keep => {}
        Change::Clear => after.responsible = None,
        Change::Set(PersonReference::Id(id)) => {
            let number = (1..=PEOPLE).find(|number| person(*number) == id).expect("somebody");
            after.responsible = PersonNumber::new(number).ok();
        }
        Change::Set(other) => panic!("no id: {other:?}"),
    }
    after
}

proptest! {
    #[test]
    fn what_is_put_is_shown(before in groups(), wanted in groups()) {
        for method in [Method::Replace, Method::Modify] {
            let mut written = shown(&wanted);
            // Whoever replaces a group knows of all that is there.
            written.insert("schemas".to_owned(), json!([GROUP, ROLLCALL_GROUP, CUSTOM_GROUP]));

            let after = after(&before, written, method);

            prop_assert_eq!(shown(&after), shown(&wanted));
        }
    }

    #[test]
    fn putting_back_what_was_shown_changes_nothing(group in groups()) {
        for method in [Method::Replace, Method::Modify] {
            prop_assert_eq!(asked(&group, shown(&group), method), GroupChange::default());
        }
    }

    #[test]
    fn what_is_not_written_stays(before in groups(), wanted in groups()) {
        let after = after(&before, shown(&wanted), Method::Modify);

        let Group { id, number, created_at, updated_at, .. } = before;
        prop_assert_eq!((after.id, after.number, after.created_at, after.updated_at), (id, number, created_at, updated_at));
    }
}

fn full() -> Group {
    let name = LongLabel::parse("Board").expect("a name");
    let custom = [(room(), AttributeValue::Text("7".into()))].into_iter().collect();
    Group { description: Text::parse("All of it").ok(), external_id: Text::parse("00g1").ok(), custom, ..named(name) }
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

#[test]
fn a_replacement_clears_what_it_leaves_out_and_keeps_what_its_client_cannot_know() {
    let written = object(json!({ "schemas": [GROUP, ROLLCALL_GROUP], "displayName": "Council" }));

    let after = after(&full(), written, Method::Replace);

    assert_eq!((after.name.as_str(), after.external_id, after.description), ("Council", None, None));
    assert_eq!(after.custom, full().custom);
}

#[test]
fn a_group_has_a_name() {
    let refused = change(Map::new(), Method::Modify, Before { shown: &shown(&full()), custom: &[] });

    assert_eq!(refused, Err(Fault::new("displayName", "must not be empty")));
}

#[test]
fn who_is_responsible_is_named_by_id() {
    let written = |responsible: Value| {
        let mut written = shown(&full());
        written.insert(ROLLCALL_GROUP.to_owned(), json!({ "responsible": responsible }));
        change(written, Method::Modify, Before { shown: &shown(&full()), custom: schema().custom() }).map(|change| change.responsible)
    };
    let id = person(2);

    assert_eq!(written(json!({ "value": id.to_string() })), Ok(Change::Set(PersonReference::Id(id))));
    assert_eq!(written(json!({ "value": "Jane" })), Err(Fault::new("responsible.value", "must be the id of a person")));
}
