//! What a client says to get a token: JSON or a form, with the client's id and secret in it or in HTTP Basic.
//!
//! Every one of these is in use: two of the vendor's client libraries post JSON, the OAuth libraries of most languages
//! a form, first with HTTP Basic and then without.

use super::error::TokenError;
use crate::http::{Members, admission};
use axum::http::HeaderMap;
use rollcall_core::directory::Entry;
use rollcall_core::domain::{Permission, Scopes, Vendor};

/// A request for a token. It holds a secret, so it cannot be printed.
pub struct TokenRequest {
    pub client_id: String,
    pub client_secret: String,
    pub organization: Option<NamedOrganization>,
    /// All that the token shall do; `None`: whatever the application may.
    pub scopes: Option<Scopes>,
}

/// The organization that `login_organization` names.
#[derive(Debug, PartialEq, Eq)]
pub enum NamedOrganization {
    Id(i64),
    Slug(String),
}

/// A client's id and secret.
type Client = (String, String);

impl TokenRequest {
    pub fn read(headers: &HeaderMap, members: &Members) -> Result<Self, TokenError> {
        let in_header = admission::client(headers).map_err(|_| TokenError::InvalidClient)?;
        let (id, secret) = (members.get("client_id")?, members.get("client_secret")?);
        let grant_type = members.get("grant_type")?;

        let mut missing = Vec::new();
        let mut required = |name, value: Option<&str>| {
            let value = value.unwrap_or_else(|| {
                missing.push(name);
                ""
            });
            value.to_owned()
        };
        let grant_type = required("grant_type", grant_type);
        let (client_id, client_secret) = match in_header {
            Some(client) => only(client, id, secret)?,
            None => (required("client_id", id), required("client_secret", secret)),
        };
        match grant_type.as_str() {
            "" | "client_credentials" => {}
            _ => return Err(TokenError::UnsupportedGrantType),
        }
        if !missing.is_empty() {
            return Err(TokenError::InvalidRequest(format!("Missing: {}.", missing.join(", "))));
        }
        let organization = members.get("login_organization")?.map(NamedOrganization::parse);
        let scopes = members.get("scope")?.filter(|words| !words.trim().is_empty()).map(scopes).transpose()?;
        Ok(Self { client_id, client_secret, organization, scopes })
    }
}

/// The scopes behind the vendor's words, with blanks between them (RFC 6749, section 3.3).
fn scopes(words: &str) -> Result<Scopes, TokenError> {
    let scope = |word: &str| match Vendor::TwentyFourSevenOffice.permission(word) {
        Some(Permission::Scope(scope)) => Ok(scope),
        Some(Permission::Identity) => Err(TokenError::InvalidScope("A scope that starts with api.me needs somebody's own token.")),
        None => Err(TokenError::InvalidScope("The scope is unknown.")),
    };
    words.split(' ').filter(|word| !word.is_empty()).map(scope).collect::<Result<Vec<_>, _>>().map(Scopes::new)
}

impl NamedOrganization {
    /// Digits alone are an id, which no short name is.
    fn parse(text: &str) -> Self {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(id) if is_number => Self::Id(id),
            _ => Self::Slug(text.to_owned()),
        }
    }

    pub fn names(&self, entry: &Entry) -> bool {
        match self {
            Self::Id(id) => entry.organization.get() == *id,
            Self::Slug(slug) => entry.slug.as_str() == slug,
        }
    }
}

/// The client of the header, unless the body brings another: a client may authenticate in one way only (RFC 6749,
/// section 2.3). Its bare id again harms nobody.
fn only(client: Client, id: Option<&str>, secret: Option<&str>) -> Result<Client, TokenError> {
    if secret.is_some() || id.is_some_and(|id| id != client.0) {
        return Err(TokenError::InvalidRequest(
            "The client's credentials are given twice: in the Authorization header and in the body.".to_owned(),
        ));
    }
    Ok(client)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::HeaderValue;
    use axum::http::header::AUTHORIZATION;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    const FORM: &str = "application/x-www-form-urlencoded";
    const WHOLE: &str = "grant_type=client_credentials&client_id=a&client_secret=b%2B&audience=x&login_organization=12";

    async fn read(media: &'static str, basic: Option<&str>, body: &str) -> Result<TokenRequest, TokenError> {
        let mut headers = HeaderMap::new();
        if let Some(basic) = basic {
            let value = format!("basic {}", STANDARD.encode(basic));
            headers.insert(AUTHORIZATION, HeaderValue::from_str(&value).expect("a header"));
        }
        TokenRequest::read(&headers, &Members::read(Some(&HeaderValue::from_static(media)), Body::from(body.to_owned())).await?)
    }

    async fn refused(media: &'static str, basic: Option<&str>, body: &str) -> String {
        read(media, basic, body).await.err().map(|error| format!("{error:?}")).expect("a refusal")
    }

    #[tokio::test]
    async fn a_form_and_json_say_the_same() {
        let json = r#"{"grant_type":"client_credentials","client_id":"a","client_secret":"b+","login_organization":12}"#;

        for request in [read(FORM, None, WHOLE).await, read("application/json; charset=utf-8", None, json).await] {
            let request = request.expect("a request");
            assert_eq!((request.client_id.as_str(), request.client_secret.as_str()), ("a", "b+"));
            assert_eq!(request.organization, Some(NamedOrganization::Id(12)));
        }
    }

    #[tokio::test]
    async fn basic_credentials_are_form_encoded_inside() {
        let request = read(FORM, Some("a%3Ab:c%2B+d"), "grant_type=client_credentials&login_organization=senate").await.expect("a request");

        assert_eq!((request.client_id.as_str(), request.client_secret.as_str()), ("a:b", "c+ d"));
        assert_eq!(request.organization, Some(NamedOrganization::Slug("senate".to_owned())));
    }

    #[tokio::test]
    async fn missing_members_are_named_together() {
        assert_eq!(
            refused(FORM, None, "client_id=&audience=x").await,
            r#"InvalidRequest("Missing: grant_type, client_id, client_secret.")"#
        );
        assert_eq!(refused(FORM, Some("a:b"), "").await, r#"InvalidRequest("Missing: grant_type.")"#);
    }

    #[tokio::test]
    async fn another_grant_is_unsupported() {
        assert_eq!(refused(FORM, None, "grant_type=password").await, "UnsupportedGrantType");
    }

    #[tokio::test]
    async fn what_is_given_twice_is_refused() {
        assert!(refused(FORM, None, &format!("{WHOLE}&client_id=c")).await.contains("more than once"));
        assert!(refused("application/json", None, r#"{"client_id":"a","client_id":"b"}"#).await.contains("given twice"));
        assert!(refused(FORM, Some("a:b"), WHOLE).await.contains("given twice"));
        assert!(refused(FORM, Some("a:b"), "grant_type=client_credentials&client_id=other").await.contains("given twice"));
        assert!(read(FORM, Some("a:b"), "grant_type=client_credentials&client_id=a").await.is_ok());
    }

    #[tokio::test]
    async fn a_member_of_another_kind_and_a_body_of_another_type_are_refused() {
        assert!(refused("application/json", None, r#"{"client_id":["a"]}"#).await.contains("must be text"));
        assert!(refused("application/json", None, "[]").await.contains("JSON"));
        assert!(refused("text/xml", None, WHOLE).await.contains("UnsupportedMediaType"));
        assert_eq!(refused(FORM, Some("no colon"), WHOLE).await, "InvalidClient");
    }
}
