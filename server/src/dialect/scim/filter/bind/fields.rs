//! Which field of the query core an attribute with one value is.

use super::super::super::schema::{CUSTOM_GROUP, CUSTOM_USER, ENTERPRISE_USER, ROLLCALL_GROUP, ROLLCALL_USER, Resolved, ResourceType};
use super::Scope;
use super::target::Field;
use rollcall_core::domain::{Account, AttributeKind, PersonType};
use rollcall_core::query::{BooleanField, ExactField, InstantField, NumberExpression, NumberField, TextExpression, TextField};

/// `None`: it is none.
pub fn of(resolved: Resolved<'_>, scope: Scope<'_>) -> Option<Field> {
    let name = resolved.attribute.name.as_ref();
    let sub = resolved.sub_attribute.map(|sub| sub.name.as_ref());
    match (resolved.extension.map(|extension| extension.id), scope.schema.kind()) {
        (None, kind) => common(name, sub, kind, scope).or_else(|| match kind {
            ResourceType::User => user(name, sub),
            ResourceType::Group => (name == "displayName").then(|| text(TextField::Name)),
        }),
        (Some(ENTERPRISE_USER), _) => enterprise(name),
        (Some(ROLLCALL_USER), _) => rollcall_user(name),
        (Some(ROLLCALL_GROUP), _) => rollcall_group(name),
        (Some(CUSTOM_USER | CUSTOM_GROUP), _) => custom(name, scope),
        (Some(_), _) => None,
    }
}

const fn text(field: TextField) -> Field {
    Field::Text(TextExpression::Field(field))
}

const fn number(field: NumberField) -> Field {
    Field::Number(NumberExpression::Field(field))
}

/// What every resource has.
fn common(name: &str, sub: Option<&str>, kind: ResourceType, scope: Scope<'_>) -> Option<Field> {
    Some(match (name, sub) {
        ("id", None) => Field::Id,
        ("externalId", None) => Field::Exact(ExactField::ExternalId),
        ("meta", Some("resourceType")) => Field::Fixed(kind.as_str()),
        ("meta", Some("created")) => Field::Instant(InstantField::CreatedAt),
        ("meta", Some("lastModified")) => Field::Instant(InstantField::UpdatedAt),
        ("meta", Some("location")) => Field::Address(vec![(None, scope.base.location(kind.endpoint(), ""))]),
        _ => return None,
    })
}

fn user(name: &str, sub: Option<&str>) -> Option<Field> {
    Some(match (name, sub) {
        ("userName", None) => Field::UserName,
        ("name", Some("formatted")) => text(TextField::FormattedName),
        ("name", Some("familyName")) => text(TextField::FamilyName),
        ("name", Some("givenName")) => text(TextField::GivenName),
        ("name", Some("middleName")) => text(TextField::MiddleName),
        ("name", Some("honorificPrefix")) => text(TextField::HonorificPrefix),
        ("name", Some("honorificSuffix")) => text(TextField::HonorificSuffix),
        ("displayName", None) => text(TextField::DisplayName),
        ("nickName", None) => text(TextField::NickName),
        ("profileUrl", None) => Field::Exact(ExactField::ProfileUrl),
        ("title", None) => text(TextField::Title),
        ("userType", None) => text(TextField::UserType),
        ("preferredLanguage", None) => text(TextField::Language),
        ("locale", None) => text(TextField::Locale),
        ("timezone", None) => text(TextField::TimeZone),
        ("active", None) => Field::Boolean(BooleanField::Active),
        _ => return None,
    })
}

fn enterprise(name: &str) -> Option<Field> {
    Some(text(match name {
        "employeeNumber" => TextField::EmployeeNumber,
        "costCenter" => TextField::CostCenter,
        "organization" => TextField::Employer,
        "division" => TextField::Division,
        "department" => TextField::Department,
        _ => return None,
    }))
}

fn rollcall_user(name: &str) -> Option<Field> {
    Some(match name {
        "number" => number(NumberField::Number),
        "personType" => {
            let words = PersonType::ALL.map(|kind| (kind.as_str().to_ascii_lowercase(), kind.code()));
            Field::Word(NumberField::PersonType, words.to_vec())
        }
        "hasLicense" => Field::Boolean(BooleanField::HasLicense),
        "account" => {
            let words = Account::ALL.map(|account| (account.as_str().to_owned(), account.code()));
            Field::Word(NumberField::Account, words.to_vec())
        }
        "archived" => Field::Boolean(BooleanField::Archived),
        "description" => text(TextField::Description),
        "additionalInformation" => text(TextField::AdditionalInformation),
        "initials" => text(TextField::Initials),
        "profileColor" => text(TextField::ProfileColor),
        "jobTitle" => Field::Digits(NumberField::JobTitle),
        "level" => Field::Digits(NumberField::Level),
        "priceList" => Field::Digits(NumberField::PriceList),
        "sendInvite" => Field::Boolean(BooleanField::SendInvite),
        "isVisibleInPeopleAllocation" => Field::Boolean(BooleanField::IsVisibleInPeopleAllocation),
        "hasTimesheetRequired" => Field::Boolean(BooleanField::HasTimesheetRequired),
        "identity" => Field::Exact(ExactField::Identity),
        "lastActiveAt" => Field::Instant(InstantField::LastActiveAt),
        _ => return None,
    })
}

fn rollcall_group(name: &str) -> Option<Field> {
    Some(match name {
        "number" => number(NumberField::Number),
        "description" => text(TextField::Description),
        "email" => text(TextField::Email),
        "additionalInformation" => text(TextField::AdditionalInformation),
        _ => return None,
    })
}

fn custom(name: &str, scope: Scope<'_>) -> Option<Field> {
    let definition = scope.schema.definition(name)?;
    let name = definition.name.clone();
    Some(match definition.kind {
        AttributeKind::Number => Field::Number(NumberExpression::Attribute(name)),
        AttributeKind::DateTime => Field::Moment(name),
        AttributeKind::Text | AttributeKind::Paragraph | AttributeKind::Link | AttributeKind::Email => {
            Field::Text(TextExpression::Attribute(name))
        }
        AttributeKind::Outline
        | AttributeKind::ListOfOptions
        | AttributeKind::Relationship
        | AttributeKind::Attachment
        | AttributeKind::Image => return None,
    })
}
