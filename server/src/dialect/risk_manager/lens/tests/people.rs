//! People, by example.

use super::super::body::{Fault, Unreadable};
use super::super::{FromBody, NewPerson, PersonEdit, Username};
use super::records::{definitions, nobody, variable};
use rollcall_core::domain::{Account, AttributeValue, Email, Login, Name, Person};
use serde_json::{Value, json};

/// The members at fault, with the words for programs.
fn faults<T: std::fmt::Debug>(read: Result<T, Unreadable>) -> Vec<(String, &'static str)> {
    match read {
        Err(Unreadable::Members(faults)) => faults.into_iter().map(|Fault { member, code, .. }| (member, code)).collect(),
        other => panic!("{other:?}"),
    }
}

fn new(body: Value) -> Result<NewPerson, Unreadable> {
    NewPerson::from_body(body.to_string().as_bytes())
}

fn edit(body: Value) -> PersonEdit {
    PersonEdit::from_body(body.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error:?}"))
}

fn created(body: Value) -> Person {
    let mut person = nobody();
    new(body).expect("a person").create(&definitions()).expect("a change").apply(&mut person);
    person
}

/// The members that an edit is refused for because of what stands.
fn refused(before: &Person, body: Value) -> Vec<String> {
    faults(edit(body).put(before, &definitions())).into_iter().map(|(member, _)| member).collect()
}

fn john() -> Person {
    let name = |text| Name::parse(text).ok();
    let login = Login::parse("jsmith").ok();
    Person { given_name: name("John"), family_name: name("Smith"), email: Email::parse("j@example.com").ok(), login, ..nobody() }
}

#[test]
fn the_example_of_the_contract_is_a_person() {
    let person = created(json!({
        "Name": "Charles Windsor",
        "Description": "Employee – Marketing department",
        "Email": "cwindsor@example.com",
        "Phone": "+1 (646) 555-0000",
        "AdditionalInformation": "Marketing department manager"
    }));

    assert_eq!(person.name(), "Charles Windsor");
    assert_eq!((person.given_name, person.family_name), (None, None));
    assert_eq!(person.phone.as_ref().map(AsRef::as_ref), Some("+1 (646) 555-0000"));
    assert_eq!(person.account, Account::None);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_by_the_names_of_the_contract() {
    let read = new(json!({ "email": "nowhere", "Phone": 5, "Status": "Active", "CustomAttributes": 1 }));

    let expected = [
        ("Name", "required"),
        ("Email", "invalid_value"),
        ("Phone", "invalid_value"),
        ("CustomAttributes", "invalid_value"),
        ("Status", "invalid_value"),
    ];
    assert_eq!(faults(read), expected.map(|(member, code)| (member.to_owned(), code)));
}

#[test]
fn a_name_has_1_to_400_characters_that_are_not_all_blank() {
    let accepted = ["", "  ", "a", &"é".repeat(400), &"é".repeat(401)].map(|name| new(json!({ "Name": name, "Email": "a@b" })).is_ok());

    assert_eq!(accepted, [false, false, true, true, false]);
}

#[test]
fn names_of_members_are_compared_without_case_and_none_is_given_twice() {
    assert_eq!(created(json!({ "NAME": "Jane", "eMail": "jane@example.com" })).name(), "Jane");

    let read = new(json!({ "Name": "Jane", "name": "Omar", "Email": "a@b" }));
    assert_eq!(faults(read), [("Name".to_owned(), "doubled")]);
}

#[test]
fn members_that_the_contract_does_not_have_are_not_looked_at() {
    let person = created(json!({ "Name": "Jane", "Email": "a@b", "HydrateArray": false, "GivenName": ["Janet"] }));

    assert_eq!(person.given_name, None);
}

#[test]
fn what_typed_clients_send_for_nothing_is_nothing() {
    let nothing = json!({
        "Id": "00000000-0000-0000-0000-000000000000", "Login": null, "Status": "", "Groups": [], "CustomAttributes": [],
        "Name": "Jane", "Email": "a@b", "Description": null, "Phone": ""
    });

    assert_eq!((created(nothing.clone()).description, created(nothing).phone), (None, None));
}

#[test]
fn what_the_server_gives_cannot_be_given_to_a_new_person() {
    let read = new(json!({ "Name": "J", "Email": "a@b", "Id": uuid::Uuid::from_u128(9), "Login": "j", "Groups": [{}] }));

    let members: Vec<String> = faults(read).into_iter().map(|(member, _)| member).collect();
    assert_eq!(members, ["Id", "Login", "Groups"]);
}

#[test]
fn a_body_that_is_no_object_is_told_as_that() {
    for body in ["", "[]", "\"Jane\"", "null", "{", "{\"Name\":\"a\",\"Name\":\"b\"}"] {
        assert!(matches!(NewPerson::from_body(body.as_bytes()), Err(Unreadable::Body(_))), "{body}");
    }
}

#[test]
fn an_edit_needs_an_address_that_may_be_null() {
    assert_eq!(faults(PersonEdit::from_body(b"{\"Name\":\"Jane\"}")), [("Email".to_owned(), "required")]);
    assert!(PersonEdit::from_body(b"{\"Email\":null}").is_ok());
    assert_eq!(faults(PersonEdit::from_body(b"{\"Email\":\"\"}")), [("Email".to_owned(), "invalid_value")]);
}

#[test]
fn a_new_name_is_the_display_name_and_leaves_the_parts() {
    let change = edit(json!({ "Email": null, "Name": "Jack Smith" })).put(&john(), &[]).expect("a change");

    let mut after = john();
    change.apply(&mut after);
    assert_eq!(after, Person { display_name: Name::parse("Jack Smith").ok(), ..john() });
}

#[test]
fn an_empty_text_clears_and_null_leaves() {
    let before = Person { phone: rollcall_core::domain::Phone::parse("1").ok(), ..john() };
    let after = |body| {
        let mut person = before.clone();
        edit(body).put(&before, &[]).expect("a change").apply(&mut person);
        person.phone
    };

    assert_eq!(after(json!({ "Email": null, "Phone": "" })), None);
    assert_eq!(after(json!({ "Email": null, "Phone": null })), before.phone);
    assert_eq!(after(json!({ "Email": null })), before.phone);
}

#[test]
fn what_is_shown_and_not_changed_here_must_be_as_it_is_shown() {
    let shown = json!({ "Email": null, "Id": "{00000000000000000000000000000007}", "Login": "jsmith", "Status": "Active" });
    assert!(edit(shown).put(&john(), &[]).is_ok());

    for (member, other) in [("Id", json!(uuid::Uuid::from_u128(8))), ("Login", json!("jack")), ("Status", json!("Blocked"))] {
        assert_eq!(refused(&john(), json!({ "Email": null, member: other })), [member]);
    }
    assert_eq!(refused(&john(), json!({ "Email": null, "Login": "jack", "Name": " " })), ["Login", "Name"]);
}

#[test]
fn attributes_come_as_an_object_or_as_an_array_of_objects() {
    let object = json!({ "Name": "J", "Email": "a@b", "CustomAttributes": { "text": "a", "note": "b" } });
    let array = json!({ "Name": "J", "Email": "a@b", "CustomAttributes": [{ "text": "a" }, { "note": "b" }] });

    assert_eq!(created(object.clone()).custom.len(), 2);
    assert_eq!(created(object), created(array));
}

#[test]
fn null_erases_an_attribute_and_what_is_not_named_stays() {
    let value = |text: &str| AttributeValue::parse(text).expect("a value");
    let custom = [(variable("text"), value("a")), (variable("size"), value("b"))];
    let before = Person { custom: custom.into(), ..john() };

    let mut after = before.clone();
    let change = edit(json!({ "Email": null, "CustomAttributes": { "text": null, "note": "c" } })).put(&before, &definitions());
    change.expect("a change").apply(&mut after);

    assert_eq!(after.custom, [(variable("note"), value("c")), (variable("size"), value("b"))].into());
}

#[test]
fn an_attribute_that_is_not_defined_is_named() {
    assert_eq!(refused(&john(), json!({ "Email": null, "CustomAttributes": { "Text": "a" } })), ["CustomAttributes.Text"]);
    assert_eq!(refused(&john(), json!({ "Email": null, "CustomAttributes": { "other": null } })), ["CustomAttributes.other"]);
    assert_eq!(refused(&john(), json!({ "Email": null, "CustomAttributes": { "text": 5 } })), ["CustomAttributes.text"]);
}

#[test]
fn an_attribute_is_given_once() {
    let read = new(json!({ "Name": "J", "Email": "a@b", "CustomAttributes": [{ "text": "a" }, { "text": null }] }));

    assert_eq!(faults(read), [("CustomAttributes.text".to_owned(), "doubled")]);
}

#[test]
fn a_username_gives_access_to_who_had_none() {
    let username = |before: Account| {
        let body = json!({ "PersonId": "6fe49ce4-56d4-475f-9483-1adca6b2976c", "Login": "johnsmith" }).to_string();
        let mut person = Person { account: before, ..nobody() };
        Username::from_body(body.as_bytes()).expect("a username").put(&person.clone()).apply(&mut person);
        (person.login.map(|login| login.to_string()), person.account)
    };

    assert_eq!(username(Account::None), (Some("johnsmith".to_owned()), Account::Active));
    assert_eq!(username(Account::Active).1, Account::Active);
    assert_eq!(username(Account::Blocked).1, Account::Blocked);
}

#[test]
fn a_username_needs_a_person_and_a_login() {
    let read = Username::from_body(b"{\"PersonId\":\"x\",\"Login\":\" \"}");
    let missing = Username::from_body(b"{}");

    assert_eq!(faults(read), [("PersonId".to_owned(), "invalid_value"), ("Login".to_owned(), "invalid_value")]);
    assert_eq!(faults(missing), [("PersonId".to_owned(), "required"), ("Login".to_owned(), "required")]);
}

#[test]
fn a_moment_of_the_products_older_clients_is_one() {
    for sent in ["2017-02-06T02:00:00Z", "2017-02-06", "/Date(1486346400000-0200)/", "/Date(1486346400000)/", "/Date(-62135596800000)/"] {
        let body = json!({ "Name": "J", "Email": "a@b", "CustomAttributes": { "since": sent } });
        assert_eq!(created(body).custom.len(), 1, "{sent}");
    }
    for sent in ["/Date()/", "/Date(x)/", "/Date(99999999999999999999)/", "/Date(9999999999999999)/", "/Date(1/", "5"] {
        assert_eq!(refused(&john(), json!({ "Email": null, "CustomAttributes": { "since": sent } })), ["CustomAttributes.since"], "{sent}");
    }
    let older = created(json!({ "Name": "J", "Email": "a@b", "CustomAttributes": { "since": "/Date(1486346400000-0200)/" } }));
    let plain = created(json!({ "Name": "J", "Email": "a@b", "CustomAttributes": { "since": "2017-02-06T02:00:00Z" } }));
    assert_eq!(older.custom, plain.custom);
}
