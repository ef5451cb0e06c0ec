//! Resources, by example.

use super::super::caller::Base;
use super::user::{Manager, User, resource};
use rollcall_core::domain::{GroupId, GroupNumber, Instant, LongLabel, Name, Person, PersonId, PersonNumber, Place};
use serde_json::json;
use uuid::Uuid;

fn jane() -> Person {
    let now = Instant::from_milliseconds(1_745_316_602_473).expect("an instant");
    let number = PersonNumber::new(9).expect("a number");
    Person { display_name: Name::parse("Jane Doe").ok(), ..Person::new(PersonId::new(Uuid::from_u128(9)), number, now) }
}

#[test]
fn a_person_of_whom_little_is_known_has_few_members() {
    let person = jane();
    let user = User { person: &person, places: &[], manager: None, roles: &[], custom: &[] };

    let shown = resource(&user, &Base::new("https://people.example", Some("senate")), "W/\"1-2\"".to_owned());

    let id = "00000000-0000-0000-0000-000000000009";
    let expected = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User"],
        "id": id,
        "userName": id,
        "displayName": "Jane Doe",
        "preferredLanguage": "en",
        "active": true,
        "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User": { "number": 9, "account": "active", "archived": false },
        "meta": {
            "resourceType": "User",
            "created": "2025-04-22T10:10:02.473Z",
            "lastModified": "2025-04-22T10:10:02.473Z",
            "location": format!("https://people.example/senate/scim/v2/Users/{id}"),
            "version": "W/\"1-2\""
        }
    });
    assert_eq!(json!(shown), expected);
}

#[test]
fn groups_and_the_manager_are_shown_with_their_addresses() {
    let person = jane();
    let place = Place {
        number: GroupNumber::new(5).expect("a number"),
        id: GroupId::new(Uuid::from_u128(5)),
        name: LongLabel::parse("Managers").expect("a name"),
        is_direct: false,
    };
    let manager = Some(Manager { id: PersonId::new(Uuid::from_u128(7)), display_name: None });
    let user = User { person: &person, places: &[place], manager, roles: &[], custom: &[] };

    let shown = json!(user.members(&Base::new("https://people.example", None)).into_map());

    let (group, boss) = (Uuid::from_u128(5), Uuid::from_u128(7));
    let at = |kind: &str, id: Uuid| format!("https://people.example/scim/v2/{kind}/{id}");
    assert_eq!(shown["groups"], json!([{ "value": group, "$ref": at("Groups", group), "display": "Managers", "type": "indirect" }]));
    let enterprise = &shown["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"];
    assert_eq!(enterprise["manager"], json!({ "value": boss, "$ref": at("Users", boss) }));
}
