//! Letting a caller in: what every room's own `Caller` extractor is made of.
//!
//! A room finds the secret in its own header and knows what may name an organization; this turns the two into an
//! [`Actor`], in the one order that is safe: the credential first, then how often it asks, then the organization, then
//! the scope. Nothing of a body is read for this.

use super::again::Tries;
use super::host::{Chosen, ClientAddress};
use super::limits::Quota;
use super::request_id::RequestId;
use super::room::Room;
use super::route::Access;
use super::state::AppState;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use rollcall_core::directory::{Actor, Credential, DirectoryError};
use std::sync::Arc;

/// Why a caller was not let in.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The credential has asked more often than it may.
    #[error("too many requests; try again in {seconds} seconds")]
    TooManyRequests { seconds: u64 },
    /// Two parts of the request name different organizations.
    #[error("the request names two different organizations")]
    TwoOrganizations,
}

/// The good credential behind a secret, if it may still ask and is of the kind that the route's [`Access`] asks for. What
/// it may do is known only inside an organization: [`enter`] asks that.
pub async fn credential(parts: &Parts, app: &AppState, secret: Option<&str>) -> Result<Arc<Credential>, Denied> {
    let secret = secret.ok_or(DirectoryError::Unauthenticated)?;
    let credential = judged(&parts.extensions, app, app.directory.authenticate(secret).await)?;
    if let Some(quota) = parts.extensions.get::<Arc<Quota>>()
        && Tries::is_to_be_counted(&parts.extensions)
    {
        quota.take(credential.holder()).map_err(|seconds| Denied::TooManyRequests { seconds })?;
    }
    match access(parts) {
        Access::Identity if credential.identity().is_none() => Err(DirectoryError::NoIdentity.into()),
        Access::Open | Access::Credential | Access::Identity | Access::Scope(_) => Ok(credential),
    }
}

/// What the directory said about a secret. A bad one counts against the address that it came from, and is answered
/// with a time to wait once there were too many; a good one passes whatever else came from there.
///
/// For everything that takes a secret: keys and tokens come through [`credential`], a token endpoint comes here itself.
pub fn judged<T>(extensions: &Extensions, app: &AppState, verdict: Result<T, DirectoryError>) -> Result<T, DirectoryError> {
    let Err(DirectoryError::Unauthenticated) = verdict else { return verdict };
    let Some(ClientAddress(address)) = extensions.get() else { return verdict };
    app.failed_logins.bad_secret(*address).map_err(|seconds| DirectoryError::TooManyAttempts { seconds })?;
    verdict
}

/// The credential in the organization that the request chooses, with the scope that the route's [`Access`] asks for:
/// `named` is what the room itself found (a header, the host), beside the one that the path names.
pub fn enter(parts: &Parts, credential: &Credential, named: Option<&str>) -> Result<Actor, Denied> {
    let in_path = parts.extensions.get::<Chosen>().and_then(|chosen| chosen.path.as_ref());
    let actor = match (in_path.map(|slug| slug.as_str()), named) {
        (Some(path), Some(named)) if path != named => return Err(Denied::TwoOrganizations),
        (path, named) => credential.enter(path.or(named))?,
    };
    if let Access::Scope(scope) = access(parts) {
        actor.require(scope)?;
    }
    // Every change remembers which API it came through, and as which request.
    Ok(match (parts.extensions.get::<&'static Room>(), parts.extensions.get::<RequestId>()) {
        (Some(room), Some(request)) => actor.through(room.name, request.as_str()),
        _ => actor,
    })
}

/// What the route that was reached needs. A handler that is not mounted through [`Routes`](super::Routes) has no
/// access to name, and is open to nobody.
fn access(parts: &Parts) -> Access {
    parts.extensions.get::<Access>().copied().unwrap_or(Access::Scope(rollcall_core::domain::Scope::OrganizationAdmin))
}

/// The secret in `Authorization`, behind one of these schemes or, where the room allows it, behind none.
///
/// Schemes are compared without case (RFC 9110, section 11.1). Two `Authorization` headers are none.
pub fn authorization<'a>(headers: &'a HeaderMap, schemes: &[&str], bare: bool) -> Option<&'a str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    secret_in(value.to_str().ok()?, schemes, bare)
}

/// The same in the one value of that header.
pub fn secret_in<'a>(value: &'a str, schemes: &[&str], bare: bool) -> Option<&'a str> {
    let text = value.trim();
    match text.split_once(' ') {
        Some((scheme, secret)) if schemes.iter().any(|known| known.eq_ignore_ascii_case(scheme)) => Some(secret.trim()),
        None if bare && !text.is_empty() => Some(text),
        _ => None,
    }
}

/// An `Authorization: Basic` that holds no id and secret.
#[derive(Clone, Copy, Debug)]
pub struct NoClient;

/// The id and secret of an application in HTTP Basic, where it uses that. Both are form-urlencoded inside (RFC 6749,
/// section 2.3.1).
pub fn client(headers: &HeaderMap) -> Result<Option<(String, String)>, NoClient> {
    let Some(encoded) = authorization(headers, &["Basic"], false) else { return Ok(None) };
    let text = STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(NoClient)?;
    let (id, secret) = text.split_once(':').ok_or(NoClient)?;
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().map(|text| text.into_owned());
    decoded(id).and_then(|id| Ok(Some((id, decoded(secret)?)))).map_err(|_| NoClient)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &'static str, bare: bool) -> Option<String> {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, axum::http::HeaderValue::from_static(value))]);
        authorization(&headers, &["Bearer", "OAuth2"], bare).map(str::to_owned)
    }

    #[test]
    fn a_secret_stands_behind_a_known_scheme_in_any_case() {
        assert_eq!(found("bearer  abc", false).as_deref(), Some("abc"));
        assert_eq!(found("OAuth2 abc", false).as_deref(), Some("abc"));
        assert_eq!(found("Basic abc", false), None);
    }

    #[test]
    fn a_bare_secret_counts_where_it_is_allowed() {
        assert_eq!(found("abc", true).as_deref(), Some("abc"));
        assert_eq!(found("abc", false), None);
    }

    #[test]
    fn two_headers_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(AUTHORIZATION, axum::http::HeaderValue::from_static("Bearer a"));
        headers.append(AUTHORIZATION, axum::http::HeaderValue::from_static("Bearer b"));

        assert_eq!(authorization(&headers, &["Bearer"], false), None);
    }
}
