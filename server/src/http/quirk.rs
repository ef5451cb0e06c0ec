//! What a room does otherwise for the clients of one token, because they cannot be changed.

use super::trace;
use rollcall_core::directory::Actor;
use tracing::info;

/// Something that a room does otherwise for the clients of the tokens that have it, and for nobody else.
#[derive(Debug, PartialEq, Eq)]
pub struct Quirk {
    /// The room's public name, a colon, and the room's own name for it.
    pub name: &'static str,
    /// What is otherwise, as one line for the operator who sets it.
    pub about: &'static str,
}

impl Quirk {
    /// Whether it holds for this caller. To be asked only where it makes a difference, since that is written to the log.
    pub fn applies(&self, actor: &Actor) -> bool {
        let Some(token) = actor.token().filter(|_| actor.has_quirk(self.name)) else { return false };
        let (trace, organization) = (trace::field(), actor.organization());
        info!(trace.id = trace, quirk = self.name, token.id = %token, organization.id = %organization, "used the quirk {}", self.name);
        true
    }
}
