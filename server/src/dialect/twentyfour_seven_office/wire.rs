//! The documents of this API, member for member. Their schemas are closed: nothing may be added, and what is absent is
//! `null`.

mod person;

pub use person::push_person;

use crate::http::QueryFault;
use rollcall_core::domain::{Identifier, IdentifierKind, IdentityId, Licence, Organization, Person};
use serde::Serialize;
use uuid::Uuid;

/// The caller's own profile.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileDocument<'a> {
    id: Uuid,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    time_zone: Option<&'a str>,
    country_code: Option<&'a str>,
    language: Option<&'a str>,
    culture: Option<&'a str>,
}

impl<'a> ProfileDocument<'a> {
    /// The profile of an identity, as the person that it is in one organization.
    pub fn new(identity: IdentityId, person: Option<&'a Person>) -> Self {
        let (first_name, last_name) = person.map_or((None, None), Person::given_and_family);
        let tag = person.and_then(|person| person.language.as_ref()).map(|language| language.as_str());
        let region = tag.and_then(region);
        Self {
            id: identity.uuid(),
            first_name,
            last_name,
            time_zone: person.and_then(|person| person.time_zone.as_ref()).map(|zone| zone.as_str()),
            country_code: region,
            language: tag.and_then(|tag| tag.split('-').next()),
            // A culture is a language of a region; of a language alone none is known.
            culture: tag.filter(|_| region.is_some()),
        }
    }
}

/// The region of a language tag (RFC 5646, 2.2.4), if it is a country's two letters.
fn region(tag: &str) -> Option<&str> {
    let has_form = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    // What follows a single letter is an extension, not a region.
    tag.split('-').skip(1).take_while(|part| part.len() > 1).find(has_form)
}

/// What an identity is known by.
#[derive(Debug, Serialize)]
pub struct IdentifierDocument<'a> {
    id: Uuid,
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
    status: &'static str,
}

impl<'a> From<&'a Identifier> for IdentifierDocument<'a> {
    fn from(identifier: &'a Identifier) -> Self {
        let status = if identifier.is_confirmed { "Confirmed" } else { "Unconfirmed" };
        Self { id: identifier.id, kind: kind_word(identifier.kind), value: &identifier.value, status }
    }
}

/// The vendor's word for a kind of identifier.
pub const fn kind_word(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Email => "Email",
        IdentifierKind::Phone => "Phone",
    }
}

/// An identity's place in one organization.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenseDocument<'a> {
    id: Uuid,
    name: &'a str,
    organization_id: i64,
    identity_id: Uuid,
    person_id: i64,
}

impl<'a> From<&'a Licence> for LicenseDocument<'a> {
    fn from(licence: &'a Licence) -> Self {
        Self {
            id: licence.id(),
            name: &licence.organization_name,
            organization_id: licence.organization.get(),
            identity_id: licence.identity.uuid(),
            person_id: licence.person.get(),
        }
    }
}

/// The organization of a licence. Here alone, the vendor gives organizations a uuid.
#[derive(Debug, Serialize)]
pub struct LicenseOrganizationDocument<'a> {
    id: Uuid,
    name: &'a str,
    email: Option<&'a str>,
}

impl<'a> From<&'a Licence> for LicenseOrganizationDocument<'a> {
    fn from(licence: &'a Licence) -> Self {
        Self { id: licence.organization_uuid(), name: &licence.organization_name, email: licence.organization_email.as_deref() }
    }
}

/// The caller's organization.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationDocument<'a> {
    id: i64,
    name: &'a str,
    email: Option<&'a str>,
    invoice_email: Option<&'a str>,
    address: AddressDocument<'a>,
    status: &'static str,
    settings: SettingsDocument<'a>,
    contact: ContactDocument<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AddressDocument<'a> {
    street: Option<&'a str>,
    city: Option<&'a str>,
    postal_area: Option<&'a str>,
    postal_code: Option<&'a str>,
    country_subdivision: Option<&'a str>,
    country_code: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SettingsDocument<'a> {
    currency_code: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ContactDocument<'a> {
    name: Option<&'a str>,
    phone: Option<&'a str>,
    email: Option<&'a str>,
    language: Option<&'a str>,
}

impl<'a> From<&'a Organization> for OrganizationDocument<'a> {
    fn from(organization: &'a Organization) -> Self {
        let (address, contact) = (&organization.address, &organization.contact);
        Self {
            id: organization.id.get(),
            name: organization.name.as_str(),
            email: organization.email.as_ref().map(AsRef::as_ref),
            invoice_email: organization.invoice_email.as_ref().map(AsRef::as_ref),
            address: AddressDocument {
                street: address.street.as_ref().map(AsRef::as_ref),
                city: address.city.as_ref().map(AsRef::as_ref),
                postal_area: address.postal_area.as_ref().map(AsRef::as_ref),
                postal_code: address.postal_code.as_ref().map(AsRef::as_ref),
                country_subdivision: address.country_subdivision.as_ref().map(AsRef::as_ref),
                country_code: address.country_code.as_ref().map(AsRef::as_ref),
            },
            // Rollcall keeps no organization that is not.
            status: "Active",
            settings: SettingsDocument { currency_code: organization.currency_code.as_ref().map(AsRef::as_ref) },
            contact: ContactDocument {
                name: contact.name.as_ref().map(AsRef::as_ref),
                phone: contact.phone.as_ref().map(AsRef::as_ref),
                email: contact.email.as_ref().map(AsRef::as_ref),
                language: contact.language.as_ref().map(AsRef::as_ref),
            },
        }
    }
}

/// Every refusal but those of the token endpoint.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorDocument<'a> {
    pub error: &'a ErrorDetail,
    pub tracking_id: &'a str,
}

/// What was wrong.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorDetail {
    pub name: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<Payload>,
}

/// What was wrong, in parts.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Payload {
    ValidationErrors(Vec<ValidationFault>),
    Errors(Vec<RequestFault>),
}

/// One part of a request that breaks its schema, and the schema's keyword that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValidationFault {
    pub path: String,
    pub keyword: &'static str,
}

impl From<QueryFault> for ValidationFault {
    fn from(fault: QueryFault) -> Self {
        let keyword = match &fault {
            QueryFault::Malformed { .. } | QueryFault::ZeroByte { .. } => "format",
            QueryFault::Doubled { .. } => "maxItems",
        };
        Self { path: fault.key().to_owned(), keyword }
    }
}

/// One thing that is wrong with a request as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestFault {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub message: String,
    pub arguments: Vec<String>,
}
