//! The core schema of users (RFC 7643, sections 4.1 and 8.7.1), without `password`: passwords are not set through SCIM.

use super::attribute::{Attribute, Kind, Uniqueness};
use super::{Schema, USER};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Languages that people are often addressed in; every other tag of RFC 5646 may be written too.
const LANGUAGES: [&str; 20] =
    ["ar", "cs", "da", "de", "en", "es", "fi", "fr", "it", "ja", "ko", "nb", "nl", "nn", "pl", "pt", "ru", "sv", "tr", "zh"];

/// Usual spellings of a language with a country; every other one may be written too.
const LOCALES: [&str; 16] = [
    "da-DK", "de-DE", "en-GB", "en-US", "es-ES", "fi-FI", "fr-FR", "it-IT", "ja-JP", "nb-NO", "nl-NL", "nn-NO", "pl-PL", "pt-BR", "sv-SE",
    "zh-CN",
];

pub(super) static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| Schema { id: USER, name: "User", description: "A person of the organization", attributes: attributes() });

fn attributes() -> Vec<Attribute> {
    let mut attributes = vec![
        Attribute::string("userName", "The login; the id where a person has none, which is shown and never stored")
            .required()
            .unique(Uniqueness::Server),
        Attribute::complex("name", name(), "The parts of the person's name"),
        Attribute::string("displayName", "The whole name, where it was given as one"),
        Attribute::string("nickName", "What friends call the person"),
        Attribute::reference("profileUrl", &["external"], "A page about the person"),
        Attribute::string("title", "What the person is in the organization, such as Vice President"),
        Attribute::string("userType", "What the person is to the organization, in the words of the client"),
        Attribute::string("preferredLanguage", "The language that the person wants to be addressed in, such as en or nb-NO")
            .usually(&LANGUAGES),
        Attribute::string("locale", "How dates, numbers and currencies are written for the person, such as en-US").usually(&LOCALES),
        timezone(),
        // Every person is one or the other, so it cannot be removed. A body need not say it, and a new user is then active.
        Attribute::boolean("active", "Whether the person may take part: neither blocked nor archived").required(),
    ];
    attributes.extend(lists());
    attributes
}

/// The names that are known are all that may be written, so a client can show them to choose from.
fn timezone() -> Attribute {
    let zones = jiff::tz::db().available().map(|zone| Cow::Owned(zone.to_string())).collect();
    let attribute = Attribute::string("timezone", "The time zone of the person, by its IANA name, such as Europe/Oslo");
    Attribute { canonical_values: zones, ..attribute }
}

fn name() -> Vec<Attribute> {
    vec![
        Attribute::string("formatted", "The whole name as it is written; kept by itself, never put together from the parts"),
        Attribute::string("familyName", "The family name"),
        Attribute::string("givenName", "The given name"),
        Attribute::string("middleName", "The middle names"),
        Attribute::string("honorificPrefix", "What stands before the name, such as Dr."),
        Attribute::string("honorificSuffix", "What stands behind the name, such as III"),
    ]
}

fn lists() -> Vec<Attribute> {
    let emails = Attribute::string("value", "The address");
    let phones = Attribute::string("value", "The number");
    let ims = Attribute::string("value", "The name at the service");
    let photos = Attribute::reference("value", &["external"], "The address of the picture");
    let entitlements = Attribute::string("value", "The entitlement");
    let certificates = Attribute::new("value", Kind::Binary, "The certificate, DER in base64");
    vec![
        list("emails", entry(emails, &["work", "home", "other"]), "E-mail addresses; the primary one is what other APIs show"),
        list(
            "phoneNumbers",
            entry(phones, &["work", "home", "mobile", "fax", "pager", "other"]),
            "Telephone numbers; the primary one is what other APIs show",
        ),
        list("ims", entry(ims, &["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"]), "Addresses for instant messages"),
        list("photos", entry(photos, &["photo", "thumbnail"]), "Pictures; the primary one is what other APIs show"),
        list("addresses", address(), "Postal addresses"),
        list("groups", groups(), "The groups of the person, changed through the groups alone").read_only(),
        list("entitlements", entry(entitlements, &[]), "What the person is entitled to"),
        list("roles", roles(), "The role of the person in the organization, which is one"),
        list("x509Certificates", entry(certificates, &[]), "Certificates of the person"),
    ]
}

fn list(name: &'static str, sub_attributes: Vec<Attribute>, description: &'static str) -> Attribute {
    Attribute::complex(name, sub_attributes, description).many()
}

/// The usual sub-attributes of a list (RFC 7643, section 2.4).
fn entry(value: Attribute, kinds: &[&'static str]) -> Vec<Attribute> {
    vec![
        value,
        Attribute::string("display", "What to call the value where it is shown"),
        Attribute::string("type", "What the value is for").usually(kinds),
        primary(),
    ]
}

fn primary() -> Attribute {
    Attribute::boolean("primary", "Whether this is the preferred value, of which there is one at most")
}

fn address() -> Vec<Attribute> {
    vec![
        Attribute::string("formatted", "The whole address as it is written on an envelope"),
        Attribute::string("streetAddress", "Street, number, and what else stands before the town"),
        Attribute::string("locality", "The town"),
        Attribute::string("region", "The state or region"),
        Attribute::string("postalCode", "The postal code"),
        Attribute::string("country", "The country, by its two letters of ISO 3166-1"),
        Attribute::string("type", "What the address is for").usually(&["work", "home", "other"]),
        primary(),
    ]
}

fn groups() -> Vec<Attribute> {
    let sub_attributes = vec![
        Attribute::string("value", "The id of the group").exact(),
        Attribute::reference("$ref", &["Group"], "The address of the group"),
        Attribute::string("display", "The name of the group"),
        Attribute::string("type", "Whether the person is in the group itself, or in one inside it").usually(&["direct", "indirect"]),
    ];
    sub_attributes.into_iter().map(Attribute::read_only).collect()
}

fn roles() -> Vec<Attribute> {
    vec![
        Attribute::string("value", "The code of the role"),
        Attribute::string("display", "The name of the role").read_only().on_request(),
        Attribute::string("type", "Not kept: roles are of one sort here, and what a client says of it is passed over")
            .read_only()
            .on_request(),
        Attribute::boolean("primary", "True: a person has one role").read_only().on_request(),
    ]
}
