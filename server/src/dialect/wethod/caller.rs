//! Who is asking, and of which company: `Authorization: Bearer <token>`, `Wethod-Company` and `Wethod-Version`.
//!
//! Below an organization's own path the path stands for `Wethod-Company`, which may then be missing.

use super::error::Error;
use crate::http::{AppState, Chosen, Tag, admission};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use jiff::civil::Date;
use rollcall_core::directory::{Actor, Version};

pub(super) const COMPANY: &str = "Wethod-Company";
pub(super) const VERSION: &str = "Wethod-Version";
/// What every answer depends on beside its address. Every `Wethod-Version` is answered alike.
const VARY: &str = "Authorization, Wethod-Company";

/// Somebody inside one company.
#[derive(Debug)]
pub struct Caller {
    pub actor: Actor,
}

impl Caller {
    /// The `ETag` of what this caller is shown of one version.
    pub const fn tag(&self, version: Version) -> Tag {
        Tag::new(version, self.actor.scopes(), VARY)
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let secret = admission::authorization(&parts.headers, &["Bearer"], false);
        let credential = admission::credential(parts, app, secret).await?;
        let is_in_path = parts.extensions.get::<Chosen>().is_some_and(|chosen| chosen.path.is_some());
        let company = company(&parts.headers, is_in_path)?;
        Ok(Self { actor: admission::enter(parts, &credential, company.as_deref())? })
    }
}

/// The company that the headers name, if both headers are in order.
fn company(headers: &HeaderMap, is_in_path: bool) -> Result<Option<String>, Error> {
    let (company, version) = (header(headers, COMPANY)?, header(headers, VERSION)?);
    let missing: Vec<&str> = [(COMPANY, company.is_none() && !is_in_path), (VERSION, version.is_none())]
        .into_iter()
        .filter_map(|(name, is_missing)| is_missing.then_some(name))
        .collect();
    if !missing.is_empty() {
        return Err(Error::missing_headers(&missing));
    }
    if version.is_some_and(|version| !is_date(version)) {
        return Err(Error::invalid_header(VERSION, "must be a date such as 2024-06-15"));
    }
    // It is a subdomain of the company's web address, and those have no case.
    Ok(company.map(str::to_ascii_lowercase))
}

/// The value of a header that may be given once. An empty one is none.
fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Option<&'a str>, Error> {
    let mut values = headers.get_all(name).iter();
    let value = match (values.next(), values.next()) {
        (Some(_), Some(_)) => return Err(Error::invalid_header(name, "must be given once")),
        (value, _) => value.map(|value| value.to_str().map(str::trim)).transpose(),
    };
    let value = value.map_err(|_| Error::invalid_header(name, "must be plain text"))?;
    Ok(value.filter(|value| !value.is_empty()))
}

pub(super) fn is_date(text: &str) -> bool {
    let has_form = text.len() == "2024-06-15".len() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    has_form && text.parse::<Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn read(sent: &[(&'static str, &'static str)], is_in_path: bool) -> Result<Option<String>, String> {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.append(HeaderName::from_bytes(name.as_bytes()).expect("a name"), HeaderValue::from_static(value));
        }
        company(&headers, is_in_path).map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn both_headers_are_needed_and_those_missing_are_named() {
        let fault = read(&[("wethod-company", "")], false).unwrap_err();

        assert!(fault.contains("Wethod-Company, Wethod-Version"), "{fault}");
        assert_eq!(read(&[("wethod-company", "Senate"), ("wethod-version", "2024-06-15")], false), Ok(Some("senate".to_owned())));
    }

    #[test]
    fn the_path_stands_for_the_company() {
        assert_eq!(read(&[("wethod-version", "2024-06-15")], true), Ok(None));
    }

    #[test]
    fn a_version_is_a_day_of_the_calendar() {
        for version in ["2024", "2024-02-30", "15/06/2024", "20240615", "-02024-06-"] {
            assert!(read(&[("wethod-company", "a1"), ("wethod-version", version)], false).is_err(), "{version}");
        }
    }

    #[test]
    fn a_header_given_twice_is_refused() {
        assert!(read(&[("wethod-company", "a1"), ("wethod-company", "a1"), ("wethod-version", "2024-06-15")], false).is_err());
    }
}
