//! Signing in with an issuer (OpenID Connect Core 1.0, authorization code flow, with PKCE: RFC 7636).
//!
//! | module | what it is |
//! | --- | --- |
//! | [`issuer`] | what the issuer says of itself, its keys, and the exchange of a code |
//! | [`token`] | the identity token, judged |
//! | [`journey`] | what a browser carries while somebody is away at the issuer |
//!
//! The issuer only says whose e-mail address it is. Who that is here, an administrator has said before: an identity with this
//! address. Nobody comes in who has none, and an address that the issuer has not verified is nobody's.

pub mod issuer;
pub mod journey;
pub mod token;

/// Why somebody cannot be signed in with the issuer. The words are for the log; the page says less.
#[derive(Debug, thiserror::Error)]
pub enum OpenIdError {
    /// It does not answer, or not as it must.
    #[error("the issuer cannot be asked: {0}")]
    Unreachable(String),
    /// What it says is not what the standard wants.
    #[error("the issuer's answer is not good: {0}")]
    Unsound(String),
    /// The token does not prove who somebody is.
    #[error("the identity token is not good: {0}")]
    Unproven(String),
}
