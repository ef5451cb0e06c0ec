//! The three laws, over random people and random writes.

use super::super::{FromBody, PersonEdit};
use super::records::{addresses, defined_attributes, definitions, people, words};
use crate::dialect::risk_manager::wire;
use proptest::prelude::*;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{Attributes, Person};
use serde_json::{Map, Value, json};

/// What a single read shows.
fn shown(person: &Person) -> Value {
    let mut bytes = Vec::new();
    wire::push_listed(&mut bytes, &PackedRecord::new(person).packed()).expect("readable");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// The person after an edit that the API accepts.
fn edited(before: &Person, body: &Value) -> Person {
    let edit = PersonEdit::from_body(body.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error:?}: {body}"));
    let change = edit.put(before, &definitions()).unwrap_or_else(|error| panic!("{error:?}: {body}"));
    let mut after = before.clone();
    change.apply(&mut after);
    after
}

/// The same with every field that this API shows made empty.
fn unseen(person: &Person) -> Person {
    Person {
        display_name: None,
        email: None,
        phone: None,
        description: None,
        additional_information: None,
        custom: Attributes::new(),
        ..person.clone()
    }
}

/// Some members of an edit, each with a value that it takes.
fn edits() -> impl Strategy<Value = Map<String, Value>> {
    let texts = || prop::option::of(prop_oneof![4 => words().prop_map(Value::from), 1 => Just(Value::Null)]);
    let names = words().prop_filter("a name is not blank", |name| !name.trim().is_empty());
    let names = prop::option::of(prop_oneof![4 => names.prop_map(Value::from), 1 => Just(Value::Null)]);
    let addresses = prop_oneof![4 => addresses().prop_map(Value::from), 1 => Just(Value::Null)];
    let custom = prop::option::of((defined_attributes(), prop::option::of(prop::sample::select(vec!["text", "since", "friend"]))));
    let phones = prop::option::of("[0-9 +]{0,20}".prop_map(Value::from));
    (names, addresses, texts(), phones, texts(), custom).prop_map(|(name, email, description, phone, information, custom)| {
        let custom = custom.map(|(values, erased)| {
            let values = values.iter().map(|(name, value)| (name.as_str(), value.to_json()));
            Value::from_iter(values.chain(erased.map(|name| (name, Value::Null))))
        });
        let members = [
            ("Name", name),
            ("Email", Some(email)),
            ("Description", description),
            ("Phone", phone),
            ("AdditionalInformation", information),
            ("CustomAttributes", custom),
        ];
        members.into_iter().filter_map(|(member, value)| Some((member.to_owned(), value?))).collect()
    })
}

proptest! {
    #[test]
    fn putting_back_what_was_shown_changes_nothing(person in people()) {
        prop_assert_eq!(edited(&person, &shown(&person)), person);
    }

    #[test]
    fn what_is_put_is_shown(before in people(), edit in edits()) {
        let (was, is) = (shown(&before), shown(&edited(&before, &Value::Object(edit.clone()))));

        for (member, value) in &edit {
            match (member.as_str(), value) {
                // Where the name that was shown is a fallback, an address in the same edit changes what is shown.
                ("Name", name) if name.is_null() || *name == was["Name"] => {}
                (_, Value::Null) => prop_assert_eq!(&is[member], &was[member]),
                ("CustomAttributes", Value::Object(custom)) => {
                    let written = custom.iter().filter(|(_, value)| !value.is_null());
                    let kept = was[member].as_object().into_iter().flatten().filter(|(name, _)| !custom.contains_key(*name));
                    let expected: Map<String, Value> = written.chain(kept).map(|(name, value)| (name.clone(), value.clone())).collect();
                    prop_assert_eq!(&is[member], &Value::Object(expected));
                }
                (_, text) if *text == json!("") => prop_assert!(is[member].is_null() || was[member] == json!("")),
                _ => prop_assert_eq!(&is[member], value, "{}", member),
            }
        }
    }

    #[test]
    fn putting_twice_changes_nothing_more(before in people(), edit in edits()) {
        let once = edited(&before, &Value::Object(edit.clone()));

        // A name that repeated a fallback is no fallback any more after the address has changed.
        let is_stale = edit.get("Name").is_some_and(|name| *name != shown(&once)["Name"] && !name.is_null());
        prop_assume!(!is_stale);
        prop_assert_eq!(edited(&once, &Value::Object(edit)), once);
    }

    #[test]
    fn nothing_changes_that_is_not_shown(before in people(), edit in edits()) {
        prop_assert_eq!(unseen(&edited(&before, &Value::Object(edit))), unseen(&before));
    }
}
