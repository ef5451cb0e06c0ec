//! The three laws, over random people and random writes.

use super::super::{CUSTOM_USER, EXTENSIONS};
use super::people::{nobody, people};
use super::writes::{without_read_only, writes};
use super::{Method, created, shown, written};
use proptest::prelude::*;
use rollcall_core::domain::{Account, Person, Profile};
use serde_json::json;

/// The same with everything that SCIM shows made empty.
fn unseen(person: &Person) -> Person {
    let mut custom = person.custom.clone();
    custom.retain(|name, _| name.as_str() == "gone");
    Person {
        number: person.number,
        identity: person.identity,
        time_zone_row: person.time_zone_row,
        projects: person.projects.clone(),
        last_active_at: person.last_active_at,
        custom,
        profile: Profile::default(),
        account: Account::Active,
        language: None,
        ..nobody()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn putting_back_what_was_shown_changes_nothing(person in people()) {
        for method in [Method::Replace, Method::Modify] {
            prop_assert_eq!(written(&person, shown(&person), method), Ok(person.clone()));
        }
    }

    #[test]
    fn what_is_put_is_shown(before in people(), write in writes()) {
        let after = written(&before, write.clone(), Method::Replace).map_err(|fault| TestCaseError::fail(fault.to_string()))?;

        let was = shown(&before);
        let mut expected = write.clone();
        for name in ["active", "roles"].into_iter().filter(|name| !write.contains_key(*name)) {
            expected.extend(was.get(name).map(|value| (name.to_owned(), value.clone())));
        }
        let named = write["schemas"].clone();
        for urn in EXTENSIONS.into_iter().filter(|urn| !write.contains_key(*urn) && !named.as_array().unwrap().contains(&json!(urn))) {
            expected.extend(was.get(urn).map(|value| (urn.to_owned(), value.clone())));
        }
        prop_assert_eq!(without_read_only(shown(&after)), without_read_only(expected));
    }

    #[test]
    fn what_is_modified_is_shown(before in people(), write in writes()) {
        let mut write = write;
        write.entry("active").or_insert(json!(true));
        let after = written(&before, write.clone(), Method::Modify).map_err(|fault| TestCaseError::fail(fault.to_string()))?;

        prop_assert_eq!(without_read_only(shown(&after)), without_read_only(write));
    }

    #[test]
    fn what_is_created_is_shown(write in writes()) {
        let after = created(write.clone()).map_err(|fault| TestCaseError::fail(fault.to_string()))?;

        let mut expected = write;
        expected.entry("active").or_insert(json!(true));
        // A new person has a language, where nobody says another.
        expected.entry("preferredLanguage").or_insert(json!("en"));
        prop_assert_eq!(without_read_only(shown(&after)), without_read_only(expected));
    }

    #[test]
    fn putting_twice_changes_nothing_more(before in people(), write in writes()) {
        let once = written(&before, write.clone(), Method::Replace).map_err(|fault| TestCaseError::fail(fault.to_string()))?;

        prop_assert_eq!(written(&once, write, Method::Replace), Ok(once));
    }

    #[test]
    fn nothing_changes_that_is_not_shown(before in people(), write in writes()) {
        let after = written(&before, write, Method::Replace).map_err(|fault| TestCaseError::fail(fault.to_string()))?;

        prop_assert_eq!(unseen(&after), unseen(&before));
    }

    #[test]
    fn who_has_no_access_gets_none_by_being_shown_as_active(before in people()) {
        let before = Person { account: Account::None, is_archived: false, ..before };
        let mut write = shown(&before);
        write.remove(CUSTOM_USER);

        prop_assert_eq!(written(&before, write, Method::Replace).map(|after| after.account), Ok(Account::None));
    }
}
