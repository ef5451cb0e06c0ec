//! `[sign_in]`: what is read here is the front's own [`OpenIdSettings`]. The secret is in a file of its own, so that settings can be
//! printed and kept where more people read them.

use super::error::ConfigError;
use super::values::Values;
use crate::http::{OpenIdSettings, PublicUrl};
use std::fs;

/// Reads the section. Without an issuer people sign in with passwords alone.
pub(super) fn bind(values: &Values) -> Result<Option<OpenIdSettings>, ConfigError> {
    let issuer = values.text("sign_in.issuer", parse_issuer)?;
    let client_id = values.text("sign_in.client_id", plain)?;
    let client_secret = values.text("sign_in.client_secret_file", read_secret)?;
    let name = values.text("sign_in.name", plain)?;
    let Some(issuer) = issuer else { return Ok(None) };
    if client_id.is_empty() {
        return Err(values.refusal("sign_in.client_id", "must be given where sign_in.issuer is"));
    }
    let name = if name.is_empty() { issuer.split("//").nth(1).unwrap_or_default().to_owned() } else { name };
    Ok(Some(OpenIdSettings { issuer, client_id, client_secret, name }))
}

fn plain(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

/// To the letter, but what it must be to be asked at all.
fn parse_issuer(text: &str) -> Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let url = PublicUrl::parse(text).map_err(|error| error.to_string())?;
    let is_own_machine = matches!(url.host(), "localhost" | "127.0.0.1" | "[::1]");
    if url.is_secure() || is_own_machine { Ok(Some(text.to_owned())) } else { Err("must begin with https://".to_owned()) }
}

fn read_secret(path: &str) -> Result<Option<String>, String> {
    if path.is_empty() {
        return Ok(None);
    }
    let text = fs::read_to_string(path).map_err(|error| format!("names a file that cannot be read: {error}"))?;
    match text.trim() {
        "" => Err("names an empty file".to_owned()),
        secret => Ok(Some(secret.to_owned())),
    }
}
