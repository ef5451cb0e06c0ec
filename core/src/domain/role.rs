//! Roles: a named set of scopes inside one organization.

use super::{Code, Instant, LongLabel, RoleNumber, Scopes};

/// A role. ProofHub shows its number, Wethod its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub number: RoleNumber,
    pub code: Code,
    pub name: LongLabel,
    /// The role of a new person who is given none; one in each organization.
    pub is_default: bool,
    pub scopes: Scopes,
    pub created_at: Instant,
    pub updated_at: Instant,
}
