//! The organization: the tenant that owns people, groups and roles.

use super::{Email, Instant, Language, LongLabel, OrganizationId, Phone, Slug, Text};

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: OrganizationId,
    pub slug: Slug,
    pub name: LongLabel,
    pub email: Option<Email>,
    pub invoice_email: Option<Email>,
    pub address: Address,
    pub contact: Contact,
    /// ISO 4217.
    pub currency_code: Option<Text<super::text::kind::Code>>,
    /// How many changes this organization has seen.
    pub sequence: i64,
    pub created_at: Instant,
}

/// Where an organization is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub street: Option<LongLabel>,
    pub city: Option<LongLabel>,
    pub postal_area: Option<LongLabel>,
    pub postal_code: Option<LongLabel>,
    pub country_subdivision: Option<LongLabel>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<LongLabel>,
}

/// Whom to ask at an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: Option<LongLabel>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub language: Option<Language>,
}
