//! | file | what it claims |
//! | --- | --- |
//! | `types` | what an operator means for values of each type |
//! | `lists` | values of which there are several |
//! | `records` | groups, members, managers, and the addresses of them |
//! | `names` | every attribute of every schema is something; URNs, roles and schemas |
//! | `refusals` | what is refused, and where |
//! | `orders` | `sortBy` |
//! | `random` | random filters over random people find whom `rfc` finds |
//! | `rfc` | what the RFC says of a resource that is JSON, by a reader who does not know the query core |

mod lists;
mod names;
mod orders;
mod random;
mod records;
mod refusals;
mod rfc;
mod types;

use super::super::super::caller::Base;
use super::super::super::schema::ResourceSchema;
use super::super::Error;
use super::{Scope, filter};
use rollcall_core::domain::{
    Account, AttributeKind, AttributeNumber, AttributeObject, AttributeValue, Attributes, Definition, Entry, Finite, Group, GroupId,
    GroupNumber, IdentityId, Instant, LevelNumber, LongLabel, Member, MemberId, Name, NamedPerson, NewDefinition, Person, PersonId,
    PersonNumber, PersonType, Place, PostalAddress, Relationship, Role, RoleNumber, Scopes, Text, TextKind, VariableName,
};
use rollcall_core::query::{Filter, GroupRecord, PersonRecord};
use uuid::Uuid;

const JANE_ID: &str = "6fe49ce4-56d4-475f-9483-1adca6b2976c";
const OMAR_ID: &str = "00000000-0000-0000-0000-000000000002";
const MANAGERS_ID: &str = "00000000-0000-0000-0000-00000000000a";
const EVERYBODY_ID: &str = "00000000-0000-0000-0000-00000000000b";
const IDENTITY_ID: &str = "00000000-0000-0000-0000-00000000000c";
/// 2025-04-22T10:10:02.473Z
const THEN: i64 = 1_745_316_602_473;

const NOBODY: [i64; 0] = [];
const ALL: [i64; 3] = [1, 2, 3];

fn text<K: TextKind>(text: &str) -> Option<Text<K>> {
    Some(Text::parse(text).expect("a text"))
}

fn entry<K: TextKind>(value: &str, kind: &str) -> Entry<K> {
    Entry { value: text(value), kind: text(kind), display: None, is_primary: None }
}

fn variable(name: &str) -> VariableName {
    VariableName::parse(name).expect("a name")
}

fn instant(milliseconds: i64) -> Instant {
    Instant::from_milliseconds(milliseconds).expect("an instant")
}

fn definitions() -> Vec<Definition> {
    let kinds = [
        ("office", AttributeKind::Text),
        ("size", AttributeKind::Number),
        ("since", AttributeKind::DateTime),
        ("type", AttributeKind::ListOfOptions),
        ("friend", AttributeKind::Relationship),
        ("papers", AttributeKind::Attachment),
    ];
    let definition = |((name, kind), number)| {
        let new = NewDefinition { kind, ..NewDefinition::text(AttributeObject::Person, variable(name)) };
        Definition::new(new, AttributeNumber::new(number).expect("a number"), instant(0)).expect("a definition")
    };
    kinds.into_iter().zip(1..).map(definition).collect()
}

fn attributes() -> Attributes {
    let list = AttributeValue::List(vec!["Red".into(), "Blue".into()]);
    let friend = Relationship::new(Some("Seven"), Some("Main office")).expect("a relationship");
    let file = serde_json::json!({ "Name": "a.pdf" }).as_object().expect("an object").clone();
    Attributes::from([
        (variable("office"), AttributeValue::parse("Oslo").expect("a text")),
        (variable("size"), AttributeValue::Number(Finite::new(5.5).expect("a number"))),
        (variable("since"), AttributeValue::Moment(instant(THEN))),
        (variable("type"), list),
        (variable("friend"), AttributeValue::Relationship(friend)),
        (variable("papers"), AttributeValue::Files(vec![file])),
    ])
}

fn person(number: i64, name: &str) -> Person {
    let id = PersonId::new(Uuid::from_u128(u128::try_from(number).expect("a number")));
    let mut person = Person::new(id, PersonNumber::new(number).expect("a number"), instant(THEN + number));
    person.display_name = Name::parse(name).ok();
    person.language = None;
    person
}

/// Everything is known of Jane.
fn jane() -> Person {
    let mut jane = person(1, "Jane Doe");
    jane.id = JANE_ID.parse().expect("an id");
    (jane.given_name, jane.family_name) = (text("Jane"), text("Doe"));
    (jane.login, jane.external_id) = (text("JDoe"), text("Ext-1"));
    (jane.email, jane.phone, jane.photo) = (text("Jane@acme.example"), text("+47 22"), text("https://acme.example/Jane.png"));
    (jane.title, jane.department, jane.language) = (text("Boss"), text("Sales"), text("en"));
    jane.identity = Some(IDENTITY_ID.parse::<IdentityId>().expect("an id"));
    jane.has_license = true;
    jane.role = RoleNumber::new(2).ok();
    jane.level = LevelNumber::new(5).ok();
    jane.projects = vec![3, 9];
    jane.last_active_at = Some(instant(THEN));
    jane.custom = attributes();
    let place = Entry { value: None, kind: text("work"), display: None, is_primary: Some(true) };
    jane.profile.emails = vec![place, entry("jane@home.example", "home")];
    jane.profile.ims = vec![entry("jane", "xmpp")];
    jane.profile.certificates = vec![Entry { value: text("TUlJ"), kind: None, display: None, is_primary: None }];
    jane.profile.addresses = vec![PostalAddress { locality: text("Oslo"), kind: text("work"), ..PostalAddress::default() }];
    jane.profile.profile_url = text("https://acme.example/Jane");
    jane
}

/// Omar is blocked, has no login and no address; Žofie is archived, an outsider, and has neither role nor groups.
fn people() -> [Person; 3] {
    let mut omar = person(2, "Omar");
    (omar.account, omar.role) = (Account::Blocked, RoleNumber::new(1).ok());
    let mut zofie = person(3, "Žofie");
    (zofie.is_archived, zofie.person_type, zofie.login) = (true, PersonType::External, text("zofie"));
    [jane(), omar, zofie]
}

fn roles() -> [Role; 2] {
    [(1, "ROLE_USER", "Employee"), (2, "ROLE_ADMIN", "Administrator")].map(|(number, code, name)| Role {
        number: RoleNumber::new(number).expect("a number"),
        code: Text::parse(code).expect("a code"),
        name: Text::parse(name).expect("a name"),
        is_default: number == 1,
        scopes: Scopes::default(),
        created_at: instant(0),
        updated_at: instant(0),
    })
}

fn place(number: i64, id: &str, name: &str, is_direct: bool) -> Place {
    let (id, number) = (id.parse::<GroupId>().expect("an id"), GroupNumber::new(number).expect("a number"));
    Place { id, number, name: LongLabel::parse(name).expect("a name"), is_direct }
}

fn base() -> Base {
    Base::new("https://people.example", None)
}

/// Binds a filter over people.
fn read(text: &str) -> Result<Filter, Error> {
    filter(text, Scope { schema: &ResourceSchema::user(&definitions()), roles: &roles(), base: &base() })
}

/// The numbers of the people that a filter finds: 1 is Jane, who is in Managers and by way of it in Everybody, and whose
/// manager is Omar; 2 is Omar, who is in Everybody; 3 is Žofie.
fn found(text: &str) -> Vec<i64> {
    let filter = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let [jane, omar, zofie] = people();
    let manager = NamedPerson::from(&omar);
    let of_jane = [place(10, MANAGERS_ID, "Managers", true), place(11, EVERYBODY_ID, "Everybody", false)];
    let of_omar = [place(11, EVERYBODY_ID, "Everybody", true)];
    let records = [
        PersonRecord { person: &jane, groups: &of_jane, manager: Some(&manager) },
        PersonRecord { person: &omar, groups: &of_omar, manager: None },
        PersonRecord { person: &zofie, groups: &[], manager: None },
    ];
    records.iter().filter(|record| filter.matches(*record)).map(|record| record.person.number.get()).collect()
}

/// Binds a filter over groups.
fn read_group(text: &str) -> Result<Filter, Error> {
    filter(text, Scope { schema: &ResourceSchema::group(&[]), roles: &[], base: &base() })
}

fn group(number: i64, id: &str, name: &str) -> Group {
    Group {
        id: id.parse().expect("an id"),
        number: GroupNumber::new(number).expect("a number"),
        external_id: None,
        name: LongLabel::parse(name).expect("a name"),
        description: None,
        email: None,
        responsible: None,
        additional_information: None,
        custom: Attributes::new(),
        created_at: instant(THEN),
        updated_at: instant(THEN),
    }
}

/// The numbers of the groups that a filter finds: 10 is Managers, with Jane in it, for which Omar is responsible; 11 is
/// Everybody, with Omar and Managers in it.
fn found_groups(text: &str) -> Vec<i64> {
    let filter = read_group(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let member = |id: MemberId, name: &str| Member { id, name: Some(name.to_owned()) };
    let [jane, omar, _] = people();
    let of_managers = [member(MemberId::Person(jane.id), "Jane Doe")];
    let managers_id = MemberId::Group(MANAGERS_ID.parse().expect("an id"));
    let of_everybody = [member(MemberId::Person(omar.id), "Omar"), member(managers_id, "Managers")];
    let responsible = NamedPerson::from(&omar);
    let (managers, everybody) = (group(10, MANAGERS_ID, "Managers"), group(11, EVERYBODY_ID, "Everybody"));
    let records = [
        GroupRecord { group: &managers, members: &of_managers, responsible: Some(&responsible) },
        GroupRecord { group: &everybody, members: &of_everybody, responsible: None },
    ];
    records.iter().filter(|record| filter.matches(*record)).map(|record| record.group.number.get()).collect()
}

fn refused(text: &str) -> Error {
    read(text).expect_err(text)
}
