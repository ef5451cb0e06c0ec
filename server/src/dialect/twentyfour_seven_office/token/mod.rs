//! `POST /oauth/token`: OAuth 2.0 client credentials (RFC 6749, section 4.4).
//!
//! Its errors are OAuth's own, flat ones. The organization is chosen by `login_organization`, by the path, or not at
//! all by an application that enters only one. `scope` may ask for less than the application has.

mod error;
mod request;

use crate::http::{AppState, Chosen, Members, admission};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, PRAGMA};
use axum::response::{IntoResponse, Response};
use error::TokenError;
use request::{NamedOrganization, TokenRequest};
use rollcall_core::directory::{AccessRequest, AccessToken, DirectoryError, Entry};
use rollcall_core::domain::{Scope, Slug, Vendor};
use serde::Serialize;

/// The vendor's clients ask anew a minute before the end, so a day costs one request a day.
const TOKEN_TTL_SECONDS: i64 = 24 * 60 * 60;

/// POST /oauth/token
pub async fn grant(State(app): State<AppState>, request: Request) -> Result<Response, TokenError> {
    let (parts, body) = request.into_parts();
    let asked = TokenRequest::read(&parts.headers, &Members::read(parts.headers.get(CONTENT_TYPE), body).await?)?;
    let path = parts.extensions.get::<Chosen>().and_then(|chosen| chosen.path.clone());
    let choose = |entries: &[Entry]| choose(entries, path.as_ref(), asked.organization.as_ref()).cloned();
    let request = AccessRequest { lifetime_seconds: TOKEN_TTL_SECONDS, scopes: asked.scopes };
    let granted = app.directory.grant_access(&asked.client_id, &asked.client_secret, request, choose).await;
    let token = admission::judged(&parts.extensions, &app, granted)?;
    Ok(([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(TokenDocument::from(&token))).into_response())
}

/// The organization that the path or the request names, or the only one.
fn choose<'a>(entries: &'a [Entry], path: Option<&Slug>, named: Option<&NamedOrganization>) -> Result<&'a Entry, DirectoryError> {
    let is_named = |entry: &Entry| named.is_none_or(|named| named.names(entry));
    match path {
        Some(path) => {
            let entry = entries.iter().find(|entry| entry.slug == *path).ok_or(DirectoryError::NotFound)?;
            // Whatever else is named is another organization, be it there or not.
            let disagreement = || DirectoryError::Invalid {
                field: "login_organization".to_owned(),
                reason: "names another organization than the path".to_owned(),
            };
            if is_named(entry) { Ok(entry) } else { Err(disagreement()) }
        }
        None if named.is_some() => entries.iter().find(|entry| is_named(entry)).ok_or(DirectoryError::NotFound),
        None => match entries {
            [only] => Ok(only),
            [] => Err(DirectoryError::NotFound),
            _ => Err(DirectoryError::ChooseOrganization),
        },
    }
}

/// A token that was given out.
#[derive(Serialize)]
struct TokenDocument<'a> {
    access_token: &'a str,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    scope: String,
}

impl<'a> From<&'a AccessToken> for TokenDocument<'a> {
    fn from(token: &'a AccessToken) -> Self {
        let word = |scope: Scope| Vendor::TwentyFourSevenOffice.word(scope);
        let scopes: Vec<&str> = token.scopes.iter().filter_map(word).collect();
        Self { access_token: token.secret.reveal(), token_type: "Bearer", expires_in: token.expires_in_seconds, scope: scopes.join(" ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcall_core::domain::{OrganizationId, Scopes};

    fn entries(all: &[(i64, &str)]) -> Vec<Entry> {
        let entry = |(id, slug): &(i64, &str)| Entry {
            organization: OrganizationId::new(*id),
            slug: Slug::parse(slug).expect("a slug"),
            person: None,
            scopes: Scopes::all(),
        };
        all.iter().map(entry).collect()
    }

    fn chosen(entries: &[Entry], path: Option<&str>, named: Option<NamedOrganization>) -> Result<i64, String> {
        let path = path.map(|slug| Slug::parse(slug).expect("a slug"));
        let entry = choose(entries, path.as_ref(), named.as_ref()).map_err(|error| error.to_string())?;
        Ok(entry.organization.get())
    }

    fn id(id: i64) -> Option<NamedOrganization> {
        Some(NamedOrganization::Id(id))
    }

    fn slug(slug: &str) -> Option<NamedOrganization> {
        Some(NamedOrganization::Slug(slug.to_owned()))
    }

    #[test]
    fn an_organization_is_named_by_its_id_its_slug_or_the_path() {
        let two = entries(&[(1, "senate"), (2, "house")]);

        assert_eq!(chosen(&two, None, id(2)), Ok(2));
        assert_eq!(chosen(&two, None, slug("senate")), Ok(1));
        assert_eq!(chosen(&two, Some("house"), None), Ok(2));
        assert_eq!(chosen(&two, Some("house"), id(2)), Ok(2));
    }

    #[test]
    fn an_only_organization_need_not_be_named() {
        assert_eq!(chosen(&entries(&[(1, "senate")]), None, None), Ok(1));
        assert_eq!(chosen(&entries(&[(1, "senate"), (2, "house")]), None, None), Err(DirectoryError::ChooseOrganization.to_string()));
    }

    #[test]
    fn another_organization_is_not_found() {
        let one = entries(&[(1, "senate")]);
        let not_found = Err(DirectoryError::NotFound.to_string());

        assert_eq!(chosen(&one, None, id(2)), not_found);
        assert_eq!(chosen(&one, None, slug("house")), not_found);
        assert_eq!(chosen(&one, Some("house"), id(1)), not_found);
        assert_eq!(chosen(&[], None, None), not_found);
    }

    #[test]
    fn path_and_member_must_agree() {
        let two = entries(&[(1, "senate"), (2, "house")]);

        let disagreement = Err("login_organization names another organization than the path".to_owned());
        assert_eq!(chosen(&two, Some("house"), id(1)), disagreement);
        assert_eq!(chosen(&two, Some("house"), slug("nowhere")), disagreement);
    }
}
