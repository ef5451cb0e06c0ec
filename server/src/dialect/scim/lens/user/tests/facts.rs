//! Writes, by example.

use super::super::{ENTERPRISE_USER, ROLLCALL_USER, references};
use super::people::nobody;
use super::writes::body;
use super::{Method, created, object, shown, written};
use rollcall_core::domain::{Account, Email, Login, Person, PersonId, PersonNumber, PersonType, RoleNumber, StatedField, Title};
use serde_json::{Value, json};
use uuid::Uuid;

const CORE: &str = crate::dialect::scim::schema::USER;

fn john() -> Person {
    Person { login: Login::parse("jsmith").ok(), email: Email::parse("j@x.example").ok(), ..nobody() }
}

/// John, with one change of what is shown of him.
fn modified(before: &Person, name: &str, value: Value) -> Result<Person, String> {
    let mut resource = shown(before);
    resource.insert(name.to_owned(), value);
    written(before, resource, Method::Modify).map_err(|fault| fault.to_string())
}

fn replaced(before: &Person, members: Value) -> Person {
    written(before, body(&[CORE], members), Method::Replace).expect("a person")
}

#[test]
fn the_id_stands_for_a_login_that_is_not_there_and_is_never_stored() {
    let id = nobody().id.to_string();

    assert_eq!(shown(&nobody())["userName"], json!(id));
    assert_eq!(replaced(&nobody(), json!({ "userName": id })).login, None);
    assert_eq!(replaced(&john(), json!({ "userName": id })).login, None);
}

#[test]
fn nobody_is_without_a_user_name() {
    let faults = [json!({}), json!({ "userName": "" }), json!({ "userName": null })].map(|members| {
        let create = created(object(members.clone())).map_err(|fault| fault.attribute);
        let replace = written(&john(), object(members), Method::Replace).map_err(|fault| fault.attribute);
        (create.unwrap_err(), replace.unwrap_err())
    });

    assert!(faults.iter().all(|(create, replace)| create == "userName" && replace == "userName"));
}

#[test]
fn what_is_left_out_of_a_resource_is_cleared_but_neither_access_nor_role() {
    let before = Person { account: Account::Blocked, role: RoleNumber::new(2).ok(), ..john() };

    let after = replaced(&before, json!({ "userName": "jsmith" }));

    assert_eq!((after.email, after.account, after.role), (None, Account::Blocked, before.role));
}

#[test]
fn an_extension_that_a_client_does_not_know_stays_and_one_that_it_names_is_cleared() {
    let before = Person { department: rollcall_core::domain::Department::parse("Sales").ok(), has_license: true, ..john() };

    let after = written(&before, body(&[CORE, &ENTERPRISE_USER.to_uppercase()], json!({ "userName": "jsmith" })), Method::Replace);

    let after = after.expect("a person");
    assert_eq!((after.department, after.has_license), (None, true));
}

#[test]
fn to_let_somebody_in_again_undoes_blocking_and_archiving() {
    let before = Person { account: Account::Blocked, is_archived: true, ..john() };

    let after = modified(&before, "active", json!(true)).expect("a person");

    assert_eq!((after.account, after.is_archived), (Account::Active, false));
}

#[test]
fn who_is_not_to_take_part_is_blocked() {
    assert_eq!(modified(&john(), "active", json!(false)).map(|after| after.account), Ok(Account::Blocked));
    assert_eq!(created(object(json!({ "userName": "a", "active": false }))).map(|person| person.account), Ok(Account::Blocked));
}

#[test]
fn an_empty_text_is_none_where_the_attribute_takes_none() {
    let before = Person { language: rollcall_core::domain::Language::parse("nb").ok(), ..john() };

    assert_eq!(modified(&before, "preferredLanguage", json!("")).map(|after| after.language), Ok(None));
    assert_eq!(modified(&before, "emails", json!([{ "type": "work", "value": "" }])).map(|after| after.email), Ok(None));
    assert_eq!(modified(&before, "phoneNumbers", json!([{ "type": "work", "value": " " }])).map(|after| after.phone), Ok(None));
}

#[test]
fn an_empty_text_that_another_api_stored_survives_being_put_back_without_it() {
    let before = Person { title: Title::parse("").ok(), ..john() };

    assert_eq!(replaced(&before, json!({ "userName": "jsmith", "emails": shown(&before)["emails"] })).title, before.title);
}

#[test]
fn a_value_that_its_attribute_does_not_take_is_named() {
    let wrong = [
        ("emails", json!([{ "value": "a@b" }, { "value": "nowhere" }]), "emails.value"),
        ("emails", json!([{ "value": "a@b", "primary": true }, { "value": "c@d", "primary": true }]), "emails must have one primary"),
        ("preferredLanguage", json!("no language at all"), "preferredLanguage"),
        ("name", json!({ "givenName": 5 }), "name.givenName must be text"),
        ("addresses", json!(vec![json!({ "country": "NO" }); 101]), "addresses must have at most 100"),
        ("roles", json!([{ "value": "ROLE_NOBODY" }]), "roles.value names no role: ROLE_NOBODY"),
        (ENTERPRISE_USER, json!({ "manager": { "value": "bjensen" } }), "manager.value must be the id"),
        (ENTERPRISE_USER, json!({ "manager": { "value": Uuid::from_u128(9).to_string() } }), "manager.value names nobody"),
        (ROLLCALL_USER, json!({ "personType": "robot" }), "personType must be one of"),
        (ROLLCALL_USER, json!({ "jobTitle": "first" }), "jobTitle must be a whole number"),
    ];

    for (name, value, expected) in wrong {
        let refused = modified(&john(), name, value).unwrap_err();
        assert!(refused.starts_with(expected), "{refused}");
    }
}

#[test]
fn the_primary_address_is_what_other_apis_show() {
    let emails = json!([{ "value": "a@x", "type": "work" }, { "value": "b@x", "type": "home", "primary": true }]);

    let after = modified(&john(), "emails", emails.clone()).expect("a person");

    assert_eq!(after.email, Email::parse("b@x").ok());
    assert_eq!(shown(&after)["emails"], emails);
}

#[test]
fn a_manager_comes_as_an_object_as_an_id_or_as_a_list_of_one() {
    let id = Uuid::from_u128(2).to_string();
    let spellings = [
        json!({ "value": id }),
        json!(id.to_uppercase()),
        json!([{ "$ref": null, "value": id }]),
        json!({ "$ref": format!("https://other.example/Users/{id}") }),
    ];

    for manager in spellings {
        let after = modified(&john(), ENTERPRISE_USER, json!({ "manager": manager }));
        assert_eq!(after.map(|after| after.manager), Ok(PersonNumber::new(2).ok()), "{manager}");
    }
}

#[test]
fn an_empty_manager_is_none() {
    let before = Person { manager: PersonNumber::new(1).ok(), ..john() };

    for manager in [json!(null), json!(""), json!({ "value": "" }), json!([])] {
        let after = modified(&before, ENTERPRISE_USER, json!({ "manager": manager }));
        assert_eq!(after.map(|after| after.manager), Ok(None), "{manager}");
    }
}

#[test]
fn a_role_that_is_added_takes_the_place_of_the_one_that_stood() {
    let before = Person { role: RoleNumber::new(1).ok(), ..john() };
    let both = json!([{ "value": "ROLE_USER", "display": "User", "primary": true }, { "value": "role_admin" }]);

    assert_eq!(modified(&before, "roles", both.clone()).map(|after| after.role), Ok(RoleNumber::new(2).ok()));
    let mut put = shown(&before);
    put.insert("roles".to_owned(), both);
    assert_eq!(written(&before, put, Method::Replace).map_err(|fault| fault.attribute), Err("roles".to_owned()));
}

#[test]
fn a_role_is_taken_out_of_a_patch_that_removes_it() {
    let before = Person { role: RoleNumber::new(2).ok(), ..john() };
    let mut resource = shown(&before);
    resource.remove("roles");

    assert_eq!(written(&before, resource, Method::Modify).map(|after| after.role), Ok(None));
}

#[test]
fn a_replacement_takes_the_role_that_it_says_to_be_none_and_keeps_one_that_it_leaves_out() {
    let before = Person { role: RoleNumber::new(2).ok(), ..john() };
    let mut resource = shown(&before);
    resource.remove("roles");
    assert_eq!(written(&before, resource.clone(), Method::Replace).map(|after| after.role), Ok(before.role));

    resource.insert("roles".to_owned(), json!([]));
    assert_eq!(written(&before, resource, Method::Replace).map(|after| after.role), Ok(None));
}

#[test]
fn a_role_may_come_as_the_text_of_an_object() {
    let role = json!([{ "value": "{\"id\":\"18d14569\",\"value\":\"ROLE_ADMIN\",\"displayName\":\"Admin\"}" }]);

    assert_eq!(modified(&john(), "roles", role).map(|after| after.role), Ok(RoleNumber::new(2).ok()));
}

#[test]
fn what_stands_at_its_default_is_shown_only_if_it_was_said() {
    let said = modified(&john(), ROLLCALL_USER, json!({ "hasLicense": false, "personType": "organization" })).expect("a person");
    assert_eq!(shown(&john())[ROLLCALL_USER].get("hasLicense"), None);
    assert_eq!(shown(&said)[ROLLCALL_USER]["hasLicense"], json!(false));
    assert_eq!(shown(&said)[ROLLCALL_USER]["personType"], json!("organization"));
    assert_eq!(said.profile.stated, [StatedField::PersonType, StatedField::HasLicense].into());

    let taken_back = modified(&said, ROLLCALL_USER, json!({})).expect("a person");
    assert_eq!(taken_back, john());
}

#[test]
fn what_is_not_at_its_default_goes_back_to_it_when_it_is_removed() {
    let before = Person { has_license: true, person_type: PersonType::Client, ..john() };
    assert_eq!(shown(&before)[ROLLCALL_USER]["personType"], json!("client"));

    let after = modified(&before, ROLLCALL_USER, json!({})).expect("a person");

    assert_eq!((after.has_license, after.person_type), (false, PersonType::Organization));
}

#[test]
fn everybody_whom_a_body_may_name_as_a_manager_is_looked_for() {
    let id = |number| PersonId::new(Uuid::from_u128(number));
    let text = |number: u128| Uuid::from_u128(number).to_string();
    let resource = json!({ "id": text(1), ENTERPRISE_USER: { "Manager": { "value": text(2) } } });
    let operations = json!({ "operations": [
        { "op": "add", "PATH": format!("{ENTERPRISE_USER}:manager"), "Value": text(3) },
        { "op": "add", "value": { "externalId": text(4), format!("{ENTERPRISE_USER}:manager"): [{ "$ref": null, "value": text(5) }] } },
        { "op": "add", "path": ENTERPRISE_USER, "value": { "manager": { "$ref": format!("../Users/{}", text(6)) } } }
    ] });

    assert_eq!(references(&object(resource)).people, [id(2)]);
    assert_eq!(references(&object(operations)).people, [id(3), id(5), id(6)]);
}
