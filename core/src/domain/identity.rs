//! Identities: logins that enter several organizations.

use super::{IdentityId, Instant, OrganizationId, PersonNumber};
use uuid::Uuid;

/// A login that may be linked to one person in each of several organizations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub id: IdentityId,
    pub identifiers: Vec<Identifier>,
    pub created_at: Instant,
}

/// What an identity is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    pub id: Uuid,
    pub kind: IdentifierKind,
    pub value: String,
    pub is_confirmed: bool,
}

/// The kinds of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifierKind {
    Email,
    Phone,
}

/// An identity's place in one organization: which person it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    pub identity: IdentityId,
    pub organization: OrganizationId,
    pub organization_name: String,
    pub organization_email: Option<String>,
    pub person: PersonNumber,
}

impl Licence {
    /// Always the same for the same identity and organization (RFC 9562, version 5), so nothing need be stored.
    pub fn id(&self) -> Uuid {
        Uuid::new_v5(&self.identity.uuid(), &self.organization.get().to_be_bytes())
    }

    /// The organization's id where an API asks for a uuid (24SevenOffice's licence organization).
    pub fn organization_uuid(&self) -> Uuid {
        Uuid::new_v5(&Uuid::NAMESPACE_OID, &self.organization.get().to_be_bytes())
    }
}
