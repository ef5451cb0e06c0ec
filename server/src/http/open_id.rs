//! The issuer that people may sign in with at the console (OpenID Connect), as an operator chooses it. A plain value.

use std::fmt;

/// An issuer, and how this server is known there.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenIdSettings {
    /// The issuer's address, to the letter: what its tokens say in `iss`. `https`, but on this machine itself.
    pub issuer: String,
    /// What the issuer calls this server.
    pub client_id: String,
    /// The secret that goes with it; none for a public client.
    pub client_secret: Option<String>,
    /// What people call the issuer: it stands on the button.
    pub name: String,
}

/// Without the secret.
impl fmt::Debug for OpenIdSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenIdSettings").field("issuer", &self.issuer).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
