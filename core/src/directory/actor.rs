//! Who is making a call: a credential inside one organization.

use crate::domain::{IdentityId, OrganizationId, PersonNumber, Scopes, Slug, TokenId};

/// Who acts, in one organization, with which scopes. The proof that every method about an organization asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub(super) organization: OrganizationId,
    pub(super) slug: Slug,
    pub(super) scopes: Scopes,
    pub(super) caller: Caller,
}

/// What stands behind an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Somebody at the command line of the machine that holds the database.
    Operator,
    /// A token; the person and the identity that it belongs to, if any.
    Token { token: TokenId, person: Option<PersonNumber>, identity: Option<IdentityId> },
}

impl Actor {
    /// The command line, which may do everything.
    pub const fn operator(organization: OrganizationId, slug: Slug, scopes: Scopes) -> Self {
        Self { organization, slug, scopes, caller: Caller::Operator }
    }

    pub const fn organization(&self) -> OrganizationId {
        self.organization
    }

    pub const fn slug(&self) -> &Slug {
        &self.slug
    }

    pub const fn scopes(&self) -> Scopes {
        self.scopes
    }

    /// The person that this credential belongs to, here.
    pub const fn person(&self) -> Option<PersonNumber> {
        match &self.caller {
            Caller::Operator => None,
            Caller::Token { person, .. } => *person,
        }
    }

    /// How the change log names this actor.
    pub(super) fn label(&self) -> String {
        self.caller.label()
    }
}

impl Caller {
    pub(super) fn label(&self) -> String {
        match self {
            Self::Operator => "operator".to_owned(),
            Self::Token { token, .. } => format!("token {token}"),
        }
    }
}
