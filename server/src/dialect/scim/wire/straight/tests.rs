//! Straight bytes against resources, over random people, places and projections.

use super::super::super::lens::user::tests::people::{catalogue, people};
use super::super::super::resource::Resource;
use super::super::user::{Manager, User, resource};
use super::*;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::subsequence;
use rollcall_core::directory::PackedRecord;
use rollcall_core::domain::{
    GroupId, GroupNumber, IdentityId, Instant, Name, OrganizationId, Person, PersonId, PersonNumber, Place, Scope, Scopes, Text, TextKind,
};
use uuid::Uuid;

/// What must be escaped, and what need not be.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof!["[\\x01-\\x1f\"\\\\/\u{7f}\u{2028}\u{2029}é🦀]{0,8}", Just(String::new()), "\\PC{0,12}"]
}

fn hostile_text<K: TextKind + 'static>() -> BoxedStrategy<Option<Text<K>>> {
    of(hostile()).prop_map(|text| text.and_then(|text| Text::parse(&text).ok())).boxed()
}

/// Anybody, with texts that are harder to write and with what SCIM never writes itself.
fn anybody() -> BoxedStrategy<Person> {
    let texts = (hostile_text(), hostile_text(), hostile_text(), hostile_text(), hostile_text(), hostile_text());
    let moments = (of(0..2_000_000_000_000_i64), -90_000_000_000_000..250_000_000_000_000_i64, 0..2_000_000_000_000_i64);
    let rest = (any::<bool>(), any::<bool>(), of(any::<u128>()), any::<u128>(), 1..=i64::from(i32::MAX), moments);
    (people(), texts, rest)
        .prop_map(|(person, texts, (is_plain, is_hostile, identity, id, number, moments))| {
            let instant = |milliseconds| Instant::from_milliseconds(milliseconds).expect("an instant");
            let mut person = Person {
                id: PersonId::new(Uuid::from_u128(id)),
                number: PersonNumber::new(number).expect("a number"),
                identity: identity.map(|identity| IdentityId::new(Uuid::from_u128(identity))),
                last_active_at: moments.0.map(instant),
                created_at: instant(moments.1),
                updated_at: instant(moments.2),
                ..person
            };
            if is_plain {
                person.profile = Profile::default();
            }
            if is_hostile {
                (person.display_name, person.given_name, person.title, person.department, person.login, person.description) = texts;
            }
            person
        })
        .boxed()
}

fn places() -> BoxedStrategy<Vec<Place>> {
    let place = (any::<u128>(), 1..=i64::from(i32::MAX), hostile(), any::<bool>());
    let place = place.prop_filter_map("a group without a name", |(id, number, name, is_direct)| {
        let (id, number) = (GroupId::new(Uuid::from_u128(id)), GroupNumber::new(number).ok()?);
        Some(Place { id, number, name: Text::parse(&name).ok()?, is_direct })
    });
    vec(place, 0..3).boxed()
}

fn managers() -> BoxedStrategy<Option<(u128, Option<Name>)>> {
    of((any::<u128>(), hostile_text())).boxed()
}

fn schema() -> ResourceSchema {
    ResourceSchema::user(&catalogue().definitions)
}

/// Every name that a client may choose attributes by, the schemas' own included.
fn names() -> Vec<String> {
    let schema = schema();
    let bare = schema.bare().map(|attribute| attribute.name.to_string());
    let of_extensions = schema.extensions().flat_map(|extension| {
        let attributes = extension.attributes.iter().map(|attribute| format!("{}:{}", extension.id, attribute.name));
        attributes.chain([extension.id.to_owned()]).collect::<Vec<_>>()
    });
    bare.chain(of_extensions).chain([USER.to_owned()]).collect()
}

fn projections() -> BoxedStrategy<Projection> {
    let all = names();
    let chosen = (subsequence(all.clone(), 1..=6), any::<bool>()).prop_map(|(names, is_only)| {
        let (only, without) = if is_only { (names, Vec::new()) } else { (Vec::new(), names) };
        Projection::of_lists(&only, &without, &schema()).expect("a projection")
    });
    prop_oneof![Just(Projection::Usual), chosen].boxed()
}

fn base() -> Base {
    Base::new("https://people.example:8443/a\"b", Some("senate"))
}

fn tag(version: Version) -> Tag {
    Tag::new(version, Scopes::new([Scope::PeopleRead, Scope::GroupsRead]), "authorization").weak()
}

/// As the resource is shown.
fn as_resource(user: User<'_>, version: Version, projection: &Projection) -> String {
    let (schema, roles) = (schema(), catalogue().roles);
    let user = User { roles: &roles, custom: schema.custom(), ..user };
    let whole = resource(&user, &base(), tag(version).to_text());
    serde_json::to_string(&Resource::new(&schema, projection.apply(&schema, whole))).expect("JSON")
}

fn straight(person: &Person, around: Around<'_>, projection: &Projection) -> String {
    let first = tag(Version::new(OrganizationId::new(42), 0));
    let encoder = UserEncoder::of(&schema(), &catalogue().roles, projection, &base(), &first).expect("whole attributes");
    let record = PackedRecord::new(person);
    let mut bytes = b"before ".to_vec();
    encoder.push(&mut bytes, &record.person().expect("readable"), around).expect("readable");
    String::from_utf8(bytes).expect("text").split_off(7)
}

proptest! {
    #[test]
    fn straight_bytes_are_those_of_the_resource(
        person in anybody(),
        places in places(),
        manager in managers(),
        sequence in 0..i64::MAX,
        projection in projections(),
    ) {
        let version = Version::new(OrganizationId::new(42), sequence);
        let chosen: Vec<_> = (0..).zip(&places).map(|(place, _)| (person.number, place)).collect();
        let named = manager.map(|(id, name)| (PersonId::new(Uuid::from_u128(id)), name));
        let name = named.as_ref().and_then(|(_, name)| name.as_ref()).map(Name::as_str);
        let (id_json, name_json) = (json(named.as_ref().map(|(id, _)| id.to_string()).as_deref()), json(name));
        let around = Around {
            places: PlacesOf::new(&places, &chosen),
            manager: named.is_some().then_some(PackedName { id: &id_json, display_name: &name_json }),
            version,
        };
        let manager = named.as_ref().map(|(id, _)| Manager { id: *id, display_name: name });
        let user = User { person: &person, places: &places, manager, roles: &[], custom: &[] };

        prop_assert_eq!(straight(&person, around, &projection), as_resource(user, version, &projection));
    }
}

/// A text as it is packed.
fn json(text: Option<&str>) -> Vec<u8> {
    text.map(|text| serde_json::to_vec(text).expect("JSON")).unwrap_or_default()
}

#[test]
fn a_projection_that_takes_attributes_apart_is_left_to_resources() {
    let projection = Projection::of_texts(Some("name.givenName"), None, &schema()).expect("a projection");
    let first = tag(Version::new(OrganizationId::new(42), 0));

    assert!(UserEncoder::of(&schema(), &[], &projection, &base(), &first).is_none());
}
