//! The identity token, judged (OpenID Connect Core 1.0, section 3.1.3.7).

use super::OpenIdError;
use super::issuer::{self, Learned};
use crate::http::OpenIdSettings;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use rollcall_core::domain::Email;
use serde::Deserialize;

/// Signatures that nobody but the issuer can make. Those with a shared secret are not among them.
const ALGORITHMS: [Algorithm; 8] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::EdDSA,
];
/// Seconds that two clocks may differ by.
const LEEWAY_SECONDS: u64 = 60;

#[derive(Deserialize)]
struct Claims {
    nonce: Option<String>,
    azp: Option<String>,
    email: Option<String>,
    #[serde(default)]
    email_verified: Verified,
}

/// Some issuers say it as a text.
#[derive(Default, Deserialize)]
#[serde(untagged)]
enum Verified {
    Said(bool),
    Written(String),
    #[default]
    Unsaid,
}

/// The address that the issuer vouches for. It may ask the issuer for a key, and blocks.
pub fn email(settings: &OpenIdSettings, issuer: &Learned, token: &str, nonce: &str) -> Result<Email, OpenIdError> {
    let header = decode_header(token).map_err(unproven)?;
    let again;
    let key = match key_for(issuer, &header) {
        Some(key) => key,
        None => {
            again = issuer::learned_again(settings)?;
            key_for(&again, &header).ok_or_else(|| OpenIdError::Unproven("its key is not the issuer's".to_owned()))?
        }
    };
    let claims = claims(settings, token, &header, key)?;
    if claims.nonce.as_deref() != Some(nonce) {
        return Err(OpenIdError::Unproven("it was made for another sign-in".to_owned()));
    }
    if claims.azp.is_some_and(|party| party != settings.client_id) {
        return Err(OpenIdError::Unproven("it was made for another client".to_owned()));
    }
    let is_verified = match claims.email_verified {
        Verified::Said(is_verified) => is_verified,
        Verified::Written(word) => word == "true",
        Verified::Unsaid => false,
    };
    let email = claims.email.filter(|_| is_verified).ok_or_else(|| OpenIdError::Unproven("it has no verified address".to_owned()))?;
    Email::parse(&email).map_err(|error| OpenIdError::Unproven(error.to_string()))
}

fn claims(settings: &OpenIdSettings, token: &str, header: &Header, key: &Jwk) -> Result<Claims, OpenIdError> {
    if !ALGORITHMS.contains(&header.alg) {
        return Err(OpenIdError::Unproven(format!("it is signed with {:?}", header.alg)));
    }
    // A key for signatures of one kind must not be taken for another's.
    let mut validation = Validation::new(header.alg);
    validation.leeway = LEEWAY_SECONDS;
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let key = DecodingKey::from_jwk(key).map_err(unproven)?;
    decode::<Claims>(token, &key, &validation).map(|data| data.claims).map_err(unproven)
}

/// The issuer's key of the token's name; where the token names none, the only one.
fn key_for<'a>(issuer: &'a Learned, header: &Header) -> Option<&'a Jwk> {
    match (&header.kid, issuer.keys.keys.as_slice()) {
        (Some(name), _) => issuer.keys.find(name),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

fn unproven(error: jsonwebtoken::errors::Error) -> OpenIdError {
    OpenIdError::Unproven(error.to_string())
}
