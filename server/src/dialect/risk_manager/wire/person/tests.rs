//! The bytes against the same object by way of serde.

use super::super::text;
use super::*;
use crate::dialect::strangers;
use proptest::prelude::*;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::Person;
use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct PersonObject<'a> {
    id: Uuid,
    name: String,
    description: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    additional_information: Option<&'a str>,
    login: Option<&'a str>,
    status: &'static str,
    custom_attributes: CustomAttributes<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupLink<'a>>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct GroupLink<'a> {
    id: Uuid,
    name: &'a str,
}

impl<'a> PersonObject<'a> {
    fn listed(person: &'a Person) -> Self {
        Self {
            id: person.id.uuid(),
            name: person.name(),
            description: text(person.description.as_ref()),
            email: text(person.email.as_ref()),
            phone: text(person.phone.as_ref()),
            additional_information: text(person.additional_information.as_ref()),
            login: text(person.login.as_ref()),
            status: status(person.account),
            custom_attributes: CustomAttributes(&person.custom),
            groups: None,
        }
    }

    fn single(person: &'a Person, groups: &'a [Group]) -> Self {
        let links = groups.iter().map(|group| GroupLink { id: group.id.uuid(), name: group.name.as_str() });
        Self { groups: Some(links.collect()), ..Self::listed(person) }
    }
}

proptest! {
    #[test]
    fn anybody_is_written_as_the_object(person in strangers::person(), groups in strangers::groups()) {
        let (record, mut listed, mut single) = (PackedRecord::new(&person), Vec::new(), Vec::new());

        push_listed(&mut listed, &record.packed()).expect("readable");
        push_single(&mut single, &record.packed(), &groups).expect("readable");

        let json = |object: PersonObject<'_>| serde_json::to_string(&object).expect("JSON");
        prop_assert_eq!(String::from_utf8(listed).expect("text"), json(PersonObject::listed(&person)));
        prop_assert_eq!(String::from_utf8(single).expect("text"), json(PersonObject::single(&person, &groups)));
    }
}
