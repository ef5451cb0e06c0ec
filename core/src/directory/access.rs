//! The one table of access: what may be done to what, with which scope.

use super::{Actor, DirectoryError};
use crate::domain::{Scope, Scopes};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Read,
    Write,
}

/// What it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// People, with the roles, job titles, levels and price lists that they refer to.
    People,
    /// Groups, with their memberships.
    Groups,
    /// The organization itself.
    Organization,
}

/// The scope that allows it.
const fn required(action: Action, object: Object) -> Scope {
    match (action, object) {
        (Action::Read, Object::People) => Scope::PeopleRead,
        (Action::Write, Object::People) => Scope::PeopleWrite,
        (Action::Read, Object::Groups) => Scope::GroupsRead,
        (Action::Write, Object::Groups) => Scope::GroupsWrite,
        (Action::Read, Object::Organization) => Scope::OrganizationRead,
        (Action::Write, Object::Organization) => Scope::OrganizationAdmin,
    }
}

impl Actor {
    /// Refuses unless the actor's scopes allow it.
    pub(super) fn may(&self, action: Action, object: Object) -> Result<(), DirectoryError> {
        self.require(required(action, object))
    }

    /// Refuses unless the actor has all of these: nobody grants, or takes away, what they do not hold.
    pub(super) fn holds(&self, scopes: Scopes) -> Result<(), DirectoryError> {
        scopes.iter().try_for_each(|scope| self.require(scope))
    }

    /// Refuses unless the actor has the scope.
    pub fn require(&self, scope: Scope) -> Result<(), DirectoryError> {
        if self.scopes().contains(scope) { Ok(()) } else { Err(DirectoryError::Forbidden(scope)) }
    }
}
