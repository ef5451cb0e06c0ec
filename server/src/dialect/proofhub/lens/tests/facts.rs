//! Single facts of the contract, each with one person.

use super::{after, before, change, name, nobody, shown, written};
use crate::dialect::proofhub::zones::ZONES;
use rollcall_core::directory::DirectoryError;
use rollcall_core::domain::{Account, Change, Email, Initials, Language, Person, PersonChange, RoleNumber, TimeZone, TimeZoneRow};
use serde_json::{Value, json};

/// Somebody who was given a whole name alone.
fn ana() -> Person {
    Person { display_name: name("Ana de Souza"), ..nobody() }
}

fn names(person: &Person) -> [Option<&str>; 3] {
    [&person.given_name, &person.family_name, &person.display_name].map(|name| name.as_ref().map(|name| name.as_str()))
}

#[test]
fn parts_of_a_whole_name_that_are_put_back_are_not_stored() {
    for body in
        [json!({ "first_name": "Ana", "last_name": "de Souza" }), json!({ "first_name": "Ana" }), json!({ "last_name": "de Souza" })]
    {
        assert_eq!(change(&ana(), body).ok(), Some(PersonChange::default()));
    }
}

#[test]
fn a_changed_part_of_a_whole_name_keeps_the_other_one() {
    assert_eq!(names(&after(&ana(), json!({ "first_name": "Anna" }))), [Some("Anna"), Some("de Souza"), None]);
    assert_eq!(names(&after(&ana(), json!({ "last_name": "Silva" }))), [Some("Ana"), Some("Silva"), None]);
    assert_eq!(names(&after(&ana(), json!({ "last_name": "" }))), [Some("Ana"), None, None]);
}

#[test]
fn a_whole_name_that_equals_its_parts_goes_with_them() {
    let ana = Person { given_name: name("Ana"), family_name: name("de Souza"), ..ana() };

    assert_eq!(names(&after(&ana, json!({ "last_name": "Silva" }))), [Some("Ana"), Some("Silva"), None]);
}

#[test]
fn a_whole_name_that_says_more_stays() {
    let ana = Person { given_name: name("Ana"), family_name: name("Souza"), display_name: name("Dr. Ana Souza"), ..nobody() };

    assert_eq!(names(&after(&ana, json!({ "last_name": "Silva" }))), [Some("Ana"), Some("Silva"), Some("Dr. Ana Souza")]);
}

#[test]
fn whoever_is_left_without_parts_is_left_without_a_whole_name() {
    let ana = Person { given_name: name("Ana"), display_name: name("Ana de Souza"), ..nobody() };

    let after = after(&ana, json!({ "first_name": "" }));

    assert_eq!((names(&after), &shown(&after, &[])["first_name"]), ([None, None, None], &json!("")));
}

#[test]
fn to_suspend_is_to_block() {
    let blocked = after(&nobody(), json!({ "suspended": true }));

    assert_eq!((blocked.account, blocked.is_archived), (Account::Blocked, false));
}

#[test]
fn to_let_in_again_is_to_unblock_and_to_take_out_of_the_archive() {
    let person = Person { account: Account::Blocked, is_archived: true, ..nobody() };

    let person = after(&person, json!({ "suspended": false }));

    assert_eq!((person.account, person.is_archived), (Account::Active, false));
}

#[test]
fn what_is_suspended_in_one_way_is_not_suspended_in_the_other_too() {
    let archived = Person { account: Account::None, is_archived: true, ..nobody() };

    assert_eq!(change(&archived, json!({ "suspended": true })).ok(), Some(PersonChange::default()));
    assert_eq!(after(&archived, json!({ "suspended": false })).account, Account::None);
}

#[test]
fn fallbacks_that_are_put_back_are_not_stored() {
    let zoe = Person { email: Email::parse("zoe@example.com").ok(), ..nobody() };
    let body = json!({
        "title": "", "role": { "id": 3 }, "groups": [], "timezone": 49, "initials": "Z", "image_url": null,
        "profile_color": "#781f1f", "language": "en", "suspended": false, "send_invite": false, "projects": [],
    });

    assert_eq!(change(&zoe, body).ok(), Some(PersonChange::default()));
}

#[test]
fn the_default_role_may_be_given_back_and_taken() {
    let person = Person { role: RoleNumber::new(1).ok(), ..nobody() };

    let roles = [json!(3), json!(1), Value::Null].map(|role| change(&person, json!({ "role": role })).expect("a change").role);

    assert_eq!(roles, [Change::Set(RoleNumber::new(3).unwrap()), Change::Keep, Change::Clear]);
}

#[test]
fn a_row_of_the_zone_that_is_kept_leaves_the_zone() {
    let zone = |iana: &str, row: u16| {
        let person = Person { time_zone: TimeZone::parse(iana).ok(), ..nobody() };
        after(&person, json!({ "timezone": row })).time_zone.map(|zone| zone.to_string())
    };

    assert_eq!(zone("America/Anchorage", 13).as_deref(), Some("America/Anchorage"));
    assert_eq!(zone("Europe/Oslo", 52).as_deref(), Some("Europe/Oslo"));
    assert_eq!(zone("Pacific/Chatham", 49).as_deref(), Some("Pacific/Chatham"));
    assert_eq!(zone("Europe/Oslo", 47).as_deref(), Some("Europe/London"));
}

/// Somebody with a zone and the row that it was written as.
fn in_zone(iana: &str, row: Option<i64>) -> Person {
    let time_zone_row = row.and_then(|row| TimeZoneRow::new(row).ok());
    Person { time_zone: TimeZone::parse(iana).ok(), time_zone_row, ..nobody() }
}

#[test]
fn every_row_of_the_list_is_shown_as_it_was_written() {
    for person in [nobody(), in_zone("America/Anchorage", Some(13)), in_zone("Asia/Calcutta", None), in_zone("Pacific/Chatham", Some(3))] {
        for row in ZONES {
            assert_eq!(shown(&after(&person, json!({ "timezone": row.id })), &[])["timezone"], row.id, "{row:?}");
        }
    }
}

#[test]
fn the_row_that_is_shown_is_not_stored() {
    for (iana, shown) in [("America/Anchorage", 3), ("Europe/Oslo", 52), ("Pacific/Chatham", 49), ("", 49)] {
        for kept in [None, Some(47)] {
            assert_eq!(change(&in_zone(iana, kept), json!({ "timezone": shown })).ok(), Some(PersonChange::default()), "{iana}");
        }
    }
}

#[test]
fn another_row_of_the_zone_is_all_that_is_stored() {
    for (iana, row) in [("America/Anchorage", 13), ("Asia/Calcutta", 104), ("America/Vancouver", 14)] {
        let time_zone_row = Change::Set(TimeZoneRow::new(row).unwrap());

        assert_eq!(
            change(&in_zone(iana, None), json!({ "timezone": row })).ok(),
            Some(PersonChange { time_zone_row, ..Default::default() })
        );
    }
}

#[test]
fn a_row_says_nothing_once_the_zone_is_another() {
    let mut jane = after(&nobody(), json!({ "timezone": 13 }));

    jane.time_zone = TimeZone::parse("Asia/Tokyo").ok();

    assert_eq!(shown(&jane, &[])["timezone"], 130);
}

#[test]
fn a_zone_that_is_cleared_goes_with_its_row() {
    let jane = after(&in_zone("America/Anchorage", Some(13)), json!({ "timezone": null }));

    assert_eq!((jane.time_zone, jane.time_zone_row), (None, None));
}

#[test]
fn a_language_without_its_region_keeps_the_region() {
    let person = Person { language: Language::parse("pt-BR").ok(), ..nobody() };

    let tags = ["pt", "PT", "pt-BR", "fr"].map(|tag| after(&person, json!({ "language": tag })).language.map(|tag| tag.to_string()));

    assert_eq!(tags.map(Option::unwrap), ["pt-BR", "pt-BR", "pt-BR", "fr"]);
}

#[test]
fn derived_initials_follow_the_names() {
    let chris = Person { given_name: name("Chris"), family_name: name("Wagley"), ..nobody() };

    for written in ["CW", "SW"] {
        let after = after(&chris, json!({ "first_name": "Stella", "initials": written }));
        assert_eq!((&after.initials, &shown(&after, &[])["initials"]), (&None, &json!("SW")));
    }
}

#[test]
fn chosen_initials_stay_chosen() {
    let chris = Person { given_name: name("Chris"), initials: Initials::parse("N").ok(), ..nobody() };

    assert_eq!(after(&chris, json!({ "initials": "C" })).initials.map(|text| text.to_string()).as_deref(), Some("C"));
    assert_eq!(after(&chris, json!({ "first_name": "Stella" })).initials.map(|text| text.to_string()).as_deref(), Some("N"));
    assert_eq!(after(&chris, json!({ "initials": "" })).initials, None);
}

#[test]
fn an_address_is_not_taken_away() {
    let zoe = Person { email: Email::parse("zoe@example.com").ok(), ..nobody() };

    for written in [Value::Null, json!("")] {
        let refused = change(&zoe, json!({ "email": written })).expect_err("a refusal");
        assert!(matches!(refused, DirectoryError::Invalid { field, .. } if field == "email"));
        assert_eq!(change(&nobody(), json!({ "email": written })).ok(), Some(PersonChange::default()));
    }
}

#[test]
fn a_body_that_is_about_somebody_else_is_refused() {
    assert!(written(json!({ "id": 7 })).put(&before(&nobody(), &[])).is_ok());
    assert!(written(json!({ "id": 8 })).put(&before(&nobody(), &[])).is_err());
}

#[test]
fn a_new_person_is_what_is_written() {
    let write =
        written(json!({ "first_name": "Stella", "email": "stella@example.com", "initials": "S", "suspended": true, "timezone": 47 }));
    let mut stella = nobody();

    write.create().apply(&mut stella);

    assert_eq!(names(&stella), [Some("Stella"), None, None]);
    assert_eq!((stella.account, stella.initials.is_some()), (Account::Blocked, true));
    assert_eq!(stella.time_zone.map(|zone| zone.to_string()).as_deref(), Some("Europe/London"));
}

#[test]
fn a_new_person_of_no_role_is_left_to_the_default_one() {
    let changes = [json!({}), json!({ "role": null })].map(|body| written(body).create().role);

    assert_eq!(changes, [Change::Keep, Change::Keep]);
}
