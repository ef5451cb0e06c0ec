//! The objects against the examples of the contract, member by member and in order.

use super::*;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{
    Account, Color, Email, GroupId, GroupNumber, Initials, Instant, Language, LongLabel, Name, PersonId, RoleNumber, TimeZone, Title,
};
use serde_json::Value;
use uuid::Uuid;

/// The contract's first example.
const CHRIS: &str = r##"{
    "id":12009183,
    "first_name":"Chris",
    "last_name":"Wagley",
    "title":"Manager",
    "email":"chris@email.com",
    "role":{
        "id":903912753
    },
    "groups":[
        33838231,
        33838232
    ],
    "timezone":8,
    "initials":"N",
    "image_url":null,
    "profile_color":"#781f1f",
    "language":"en",
    "suspended":false,
    "send_invite":true,
    "last_active":"2016-09-19T06:17:22+00:00",
    "created_at":"2016-09-16T10:39:25+00:00",
    "updated_at":"2016-09-16T10:39:25+00:00",
    "projects":[
        23423233,
        23423234
    ]
}"##;

fn moment(text: &str) -> Instant {
    Instant::new(text.parse().unwrap())
}

fn person() -> domain::Person {
    let created = moment("2016-09-16T10:39:25.999Z");
    domain::Person::new(PersonId::new(Uuid::nil()), PersonNumber::new(12_009_183).unwrap(), created)
}

fn named(given: &str, family: &str) -> domain::Person {
    domain::Person { given_name: Name::parse(given).ok(), family_name: Name::parse(family).ok(), ..person() }
}

fn chris() -> domain::Person {
    domain::Person {
        title: Title::parse("Manager").ok(),
        email: Email::parse("chris@email.com").ok(),
        role: RoleNumber::new(903_912_753).ok(),
        time_zone: TimeZone::parse("America/Indiana/Indianapolis").ok(),
        initials: Initials::parse("N").ok(),
        profile_color: Color::parse("#781f1f").ok(),
        send_invite: true,
        last_active_at: Some(moment("2016-09-19T06:17:22Z")),
        projects: vec![23_423_233, 23_423_234],
        ..named("Chris", "Wagley")
    }
}

fn groups(numbers: &[i64]) -> Vec<GroupNumber> {
    numbers.iter().map(|number| GroupNumber::new(*number).unwrap()).collect()
}

fn people(numbers: &[i64]) -> Vec<PersonNumber> {
    numbers.iter().map(|number| PersonNumber::new(*number).unwrap()).collect()
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn person_written(person: &domain::Person, groups: &[GroupNumber], default_role: Option<RoleNumber>) -> String {
    let mut bytes = Vec::new();
    push_person(&mut bytes, &PackedRecord::new(person).packed(), groups, default_role);
    String::from_utf8(bytes).unwrap()
}

fn object(person: &domain::Person) -> Value {
    serde_json::from_str(&person_written(person, &[], None)).unwrap()
}

/// The text without the blanks between its tokens.
fn compact(json: &str) -> String {
    json.lines().map(str::trim).collect()
}

#[test]
fn the_contracts_person_is_written_as_the_contract_writes_it() {
    assert_eq!(person_written(&chris(), &groups(&[33_838_231, 33_838_232]), None), compact(CHRIS));
}

#[test]
fn a_person_of_whom_nothing_is_known_has_every_member() {
    let nobody = domain::Person { language: None, ..person() };

    assert_eq!(
        person_written(&nobody, &[], RoleNumber::new(3).ok()),
        compact(
            r##"{"id":12009183,"first_name":"","last_name":"","title":"","email":"","role":{"id":3},"groups":[],"timezone":49,
            "initials":"","image_url":null,"profile_color":"#781f1f","language":"en","suspended":false,"send_invite":false,
            "last_active":"2016-09-16T10:39:25+00:00","created_at":"2016-09-16T10:39:25+00:00",
            "updated_at":"2016-09-16T10:39:25+00:00","projects":[]}"##
        )
    );
}

#[test]
fn a_whole_name_is_cut_in_two() {
    let ana = domain::Person { display_name: Name::parse("Ana de Souza").ok(), ..person() };

    let ana = object(&ana);

    assert_eq!((&ana["first_name"], &ana["last_name"]), (&"Ana".into(), &"de Souza".into()));
}

#[test]
fn the_blocked_and_the_archived_are_suspended() {
    let suspended = |account, is_archived| {
        let person = domain::Person { account, is_archived, ..person() };
        object(&person)["suspended"] == true
    };

    assert_eq!([(Account::Blocked, false), (Account::Active, true)].map(|(account, archived)| suspended(account, archived)), [true; 2]);
    assert_eq!([Account::Active, Account::None].map(|account| suspended(account, false)), [false; 2]);
}

#[test]
fn a_zone_like_none_in_the_list_is_shown_as_utc() {
    let rows = ["Europe/Oslo", "Australia/Lord_Howe", "Etc/UTC"].map(|zone| {
        let person = domain::Person { time_zone: TimeZone::parse(zone).ok(), ..person() };
        timezone(&person)
    });

    assert_eq!(rows[1..], [49, 49]);
    assert_ne!(rows[0], 49);
}

#[test]
fn a_language_is_shown_as_its_first_part() {
    let codes = ["en", "pt-BR", "PT", "nb-NO", "fil"].map(|tag| language(Language::parse(tag).ok().as_ref()));

    assert_eq!(codes, ["en", "pt", "pt", "nb", "fil"]);
}

#[test]
fn initials_that_are_not_stored_come_from_the_names() {
    let mail = domain::Person { email: Email::parse("zoe@example.com").ok(), ..person() };
    let people = [named("stella", "Altois"), named("Žofie", ""), named("", "(de) Souza"), mail, person()];

    assert_eq!(people.map(|person| initials(&person)), ["SA", "Ž", "D", "Z", ""]);
}

#[test]
fn a_group_is_written_with_its_members() {
    let group = domain::Group {
        id: GroupId::new(Uuid::nil()),
        number: GroupNumber::new(7).unwrap(),
        external_id: None,
        name: LongLabel::parse("Managers").unwrap(),
        description: None,
        email: None,
        responsible: None,
        additional_information: None,
        custom: domain::Attributes::new(),
        created_at: person().created_at,
        updated_at: person().created_at,
    };

    assert_eq!(written(&Group::new(&group, &people(&[1, 2]))), r#"{"id":7,"name":"Managers","assigned":[1,2]}"#);
}

#[test]
fn the_group_of_everybody_has_an_id_that_no_group_can_have() {
    assert!(GroupNumber::new(EVERYBODY).is_err());
    assert_eq!(written(&Group::everybody(&people(&[1]))), r#"{"id":9000000001,"name":"All people","assigned":[1]}"#);
}

#[test]
fn a_time_zone_is_written_as_the_vendor_writes_it() {
    let first = zones::by_id(1).unwrap();

    assert_eq!(written(&Timezone::from(first)), r#"{"id":1,"timezone":"Eastern Time (US & Canada)","time_diff":"-05:00"}"#);
}
