//! Who is making a call: a credential inside one organization.

use crate::domain::{IdentityId, OrganizationId, PersonNumber, Quirks, Scopes, Slug, TokenId};
use crate::store::ChangeRow;

/// Who acts, in one organization, with which scopes. The proof that every method about an organization asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub(super) organization: OrganizationId,
    pub(super) slug: Slug,
    pub(super) scopes: Scopes,
    pub(super) caller: Caller,
    pub(super) quirks: Quirks,
    pub(super) origin: Option<Origin>,
}

/// The API that a call came through, and the request's id there. The command line has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    dialect: &'static str,
    request: String,
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
        Self { organization, slug, scopes, caller: Caller::Operator, quirks: Quirks::none(), origin: None }
    }

    /// The same actor, whose call came through this API as this request.
    #[must_use]
    pub fn through(self, dialect: &'static str, request: impl Into<String>) -> Self {
        Self { origin: Some(Origin { dialect, request: request.into() }), ..self }
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

    /// Whether the token has the quirk of this name, as `room:name`.
    pub fn has_quirk(&self, name: &str) -> bool {
        self.quirks.contains(name)
    }

    /// What the token's clients are given otherwise.
    pub const fn quirks(&self) -> &Quirks {
        &self.quirks
    }

    /// The person that this credential belongs to, here.
    pub const fn person(&self) -> Option<PersonNumber> {
        match &self.caller {
            Caller::Operator => None,
            Caller::Token { person, .. } => *person,
        }
    }

    /// A change by this actor, of which nothing is said yet but what it is about.
    pub(super) fn change(&self, action: &'static str, subject: &'static str, subject_number: i64) -> ChangeRow {
        ChangeRow {
            actor: self.caller.label(),
            dialect: self.origin.as_ref().map(|origin| origin.dialect),
            request: self.origin.as_ref().map(|origin| origin.request.clone()),
            action,
            subject,
            subject_number,
            group: None,
            before: None,
            after: None,
        }
    }

    /// The token that this actor carries.
    pub const fn token(&self) -> Option<TokenId> {
        match &self.caller {
            Caller::Operator => None,
            Caller::Token { token, .. } => Some(*token),
        }
    }
}

impl Caller {
    /// How the history names it.
    fn label(&self) -> String {
        match self {
            Self::Operator => "operator".to_owned(),
            Self::Token { token, person: Some(person), .. } => format!("person {person} by token {token}"),
            Self::Token { token, .. } => format!("token {token}"),
        }
    }
}
