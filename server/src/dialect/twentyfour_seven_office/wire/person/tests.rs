//! The bytes against the same document by way of serde.

use super::*;
use crate::dialect::strangers;
use proptest::prelude::*;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{IdentityId, Person};
use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PersonDocument<'a> {
    id: i64,
    last_name: Option<&'a str>,
    first_name: Option<&'a str>,
    has_license: bool,
    identity_id: Option<Uuid>,
    person_type: &'static str,
}

impl<'a> From<&'a Person> for PersonDocument<'a> {
    fn from(person: &'a Person) -> Self {
        let (first_name, last_name) = person.given_and_family();
        Self {
            id: person.number.get(),
            last_name,
            first_name,
            has_license: person.has_license,
            identity_id: person.identity.map(IdentityId::uuid),
            person_type: person.person_type.as_str(),
        }
    }
}

proptest! {
    #[test]
    fn anybody_is_written_as_the_document(person in strangers::person()) {
        let mut bytes = Vec::new();

        push_person(&mut bytes, &PackedRecord::new(&person).packed());

        prop_assert_eq!(String::from_utf8(bytes).expect("text"), serde_json::to_string(&PersonDocument::from(&person)).expect("JSON"));
    }
}
