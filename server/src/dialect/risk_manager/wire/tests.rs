//! The objects against the examples of the contract, member by member and in order.

use super::*;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{
    AdditionalInformation, AttributeValue, Description, Email, GroupId, GroupNumber, Instant, Login, LongLabel, Name, PersonId,
    PersonNumber, Phone, VariableName,
};

/// The contract's first example. Its text lacks a comma after Name and closes its brace before CustomAttributes; this is
/// the JSON that it means.
const JOHN: &str = r#"{
    "Id":"6fe49ce4-56d4-475f-9483-1adca6b2976c",
    "Name":"John Smith",
    "Description":"Employee - HR department",
    "Email":"jsmith@example.com",
    "Phone":"+1 (646) 555-0000",
    "AdditionalInformation":"HR manager",
    "Login":"jsmith",
    "Status":"Active",
    "CustomAttributes":{
        "link":"https://abccompany.com",
        "text":"Text"
    }
}"#;

fn moment() -> Instant {
    Instant::from_milliseconds(0).unwrap()
}

fn person(name: &str) -> domain::Person {
    let mut person = domain::Person::new(PersonId::new(Uuid::nil()), PersonNumber::new(1).unwrap(), moment());
    person.display_name = Name::parse(name).ok();
    person
}

fn john() -> domain::Person {
    let attribute = |name, value| (VariableName::parse(name).unwrap(), AttributeValue::parse(value).unwrap());
    let mut john = person("John Smith");
    john.id = "6fe49ce4-56d4-475f-9483-1adca6b2976c".parse().unwrap();
    john.description = Description::parse("Employee - HR department").ok();
    john.email = Email::parse("jsmith@example.com").ok();
    john.phone = Phone::parse("+1 (646) 555-0000").ok();
    john.additional_information = AdditionalInformation::parse("HR manager").ok();
    john.login = Login::parse("jsmith").ok();
    john.custom = [attribute("link", "https://abccompany.com"), attribute("text", "Text")].into();
    john
}

fn group(name: &str) -> domain::Group {
    domain::Group {
        id: GroupId::new(Uuid::from_u128(7)),
        number: GroupNumber::new(7).unwrap(),
        external_id: None,
        name: LongLabel::parse(name).unwrap(),
        description: None,
        email: None,
        responsible: None,
        additional_information: None,
        custom: Attributes::new(),
        created_at: moment(),
        updated_at: moment(),
    }
}

fn listed(person: &domain::Person) -> String {
    let mut bytes = Vec::new();
    push_listed(&mut bytes, &PackedRecord::new(person).packed()).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// The text without the blanks between its tokens.
fn compact(json: &str) -> String {
    json.lines().map(str::trim).collect()
}

#[test]
fn the_contracts_person_is_written_as_the_contract_writes_it() {
    assert_eq!(listed(&john()), compact(JOHN));
}

#[test]
fn a_person_of_whom_little_is_known_has_every_member() {
    let mut nobody = person("");
    nobody.account = Account::None;

    assert_eq!(
        listed(&nobody),
        compact(
            r#"{"Id":"00000000-0000-0000-0000-000000000000","Name":"","Description":null,"Email":null,"Phone":null,
            "AdditionalInformation":null,"Login":null,"Status":"NoAccess","CustomAttributes":{}}"#
        )
    );
}

#[test]
fn a_status_is_the_account_whatever_the_login_is() {
    let statuses = Account::ALL.map(|account| {
        let mut john = john();
        john.account = account;
        serde_json::from_str::<serde_json::Value>(&listed(&john)).unwrap()["Status"].clone()
    });

    assert_eq!(statuses, ["Active", "Blocked", "NoAccess"]);
}

#[test]
fn a_single_person_has_its_groups_at_the_end() {
    let (john, groups) = (john(), [group("Managers")]);

    let mut single = Vec::new();
    push_single(&mut single, &PackedRecord::new(&john).packed(), &groups).unwrap();
    let single = String::from_utf8(single).unwrap();

    let groups = r#","Groups":[{"Id":"00000000-0000-0000-0000-000000000007","Name":"Managers"}]}"#;
    assert_eq!(single, compact(JOHN).trim_end_matches('}').to_owned() + "}" + groups);
}

#[test]
fn a_group_names_the_person_responsible_for_it() {
    let (john, managers) = (john(), group("Managers"));

    assert_eq!(
        written(&Group::new(&managers, Some(&john), true)),
        r#"{"Id":"00000000-0000-0000-0000-000000000007","Name":"Managers","Description":null,"Email":null,"AdditionalInformation":null,"Responsible":{"Id":"6fe49ce4-56d4-475f-9483-1adca6b2976c","Name":"John Smith","Email":"jsmith@example.com","Phone":"+1 (646) 555-0000"},"CustomAttributes":{}}"#
    );
}

#[test]
fn who_may_not_see_people_sees_who_is_responsible_but_not_how_to_reach_them() {
    let (john, managers) = (john(), group("Managers"));

    let group = serde_json::to_value(Group::new(&managers, Some(&john), false)).unwrap();

    assert_eq!(group["Responsible"], serde_json::json!({ "Id": john.id.to_string(), "Name": "John Smith", "Email": null, "Phone": null }));
}

#[test]
fn a_group_that_nobody_is_responsible_for_says_null() {
    assert!(serde_json::to_value(Group::new(&group("Managers"), None, true)).unwrap()["Responsible"].is_null());
}

#[test]
fn me_has_four_members() {
    assert_eq!(
        written(&Me::from(&john())),
        r#"{"Id":"6fe49ce4-56d4-475f-9483-1adca6b2976c","Name":"John Smith","Login":"jsmith","Email":"jsmith@example.com"}"#
    );
}
