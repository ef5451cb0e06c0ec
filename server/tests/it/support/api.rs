//! The APIs as their clients see them: paths, credential headers, shapes of errors.

use super::Answer;
use serde_json::{Value, json};

/// One of the APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    Seven,
    Modulo,
    Wethod,
    ProofHub,
    Scim,
}

impl Api {
    /// The APIs whose people are a bare list.
    pub const ALL: [Self; 4] = [Self::Seven, Self::Modulo, Self::Wethod, Self::ProofHub];

    /// The API of a room's public name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "24sevenoffice" => Some(Self::Seven),
            "risk-manager" => Some(Self::Modulo),
            "wethod" => Some(Self::Wethod),
            "proofhub" => Some(Self::ProofHub),
            "scim" => Some(Self::Scim),
            _ => None,
        }
    }

    /// Where the list of people is.
    pub const fn people(self) -> &'static str {
        match self {
            Self::Seven => "/v1/organization/people",
            Self::Modulo => "/api/Organization/people",
            Self::Wethod => "/api/persons",
            Self::ProofHub => "/api/v3/people",
            Self::Scim => "/scim/v2/Users",
        }
    }

    /// A parameter of the list of people, which may be given once.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Seven => "personType",
            Self::Modulo => "$filter",
            Self::Wethod => "job_title_id",
            Self::ProofHub => "start",
            Self::Scim => "startIndex",
        }
    }

    /// The header that carries a secret, as this API's own clients send it.
    pub fn credential(self, secret: &str) -> (&'static str, String) {
        match self {
            Self::Seven | Self::Wethod | Self::Scim => ("Authorization", format!("Bearer {secret}")),
            Self::Modulo => ("Authorization", format!("OAuth2 {secret}")),
            Self::ProofHub => ("X-API-KEY", secret.to_owned()),
        }
    }

    /// The headers that this API's clients send with every request, beside the credential.
    pub fn customary(self, organization: Option<&str>) -> Vec<(&'static str, String)> {
        let company = organization.map(|slug| ("Wethod-Company", slug.to_owned()));
        match self {
            Self::Seven | Self::Modulo | Self::Scim => Vec::new(),
            Self::Wethod => [("Wethod-Version", "2024-06-15".to_owned())].into_iter().chain(company).collect(),
            Self::ProofHub => vec![("User-Agent", "Rollcall (tests@example.org)".to_owned())],
        }
    }

    /// What every answer is.
    const fn media_type(self) -> &'static str {
        match self {
            Self::Seven | Self::Modulo | Self::Wethod | Self::ProofHub => "application/json",
            Self::Scim => "application/scim+json",
        }
    }

    /// Fails unless the answer is an error in this API's own shape.
    pub fn assert_refusal(self, answer: &Answer, status: u16) {
        let said = format!("{self:?}: {} {}", answer.status, answer.text());
        assert_eq!(answer.status, status, "{said}");
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with(self.media_type())), "{said}");
        let has_shape = match self {
            Self::Seven => {
                is_text(&answer.at("/error/name")) && is_text(&answer.at("/error/message")) && is_text(&answer.at("/trackingId"))
            }
            Self::Modulo => is_risk_manager_error(answer),
            Self::Wethod => is_text(&answer.at("/key")) && is_text(&answer.at("/message")),
            Self::ProofHub => answer.json().is_object() && answer.at("/trackingId").is_null() && answer.at("/key").is_null(),
            Self::Scim => is_scim_error(answer),
        };
        assert!(has_shape, "{said}");
    }
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

fn is_risk_manager_error(answer: &Answer) -> bool {
    answer.members() == ["app_errors", "error", "error_description", "error_details", "error_uri"]
        && is_text(&answer.at("/error"))
        && is_text(&answer.at("/error_description"))
        && answer.at("/error_uri").is_string()
        && answer.at("/error_details").as_array().is_some_and(|details| details.iter().all(Value::is_string))
        && answer.at("/app_errors").as_array().is_some_and(|errors| errors.iter().all(is_application_error))
}

fn is_scim_error(answer: &Answer) -> bool {
    let members: Vec<String> = answer.members().into_iter().filter(|member| member != "scimType").collect();
    members == ["detail", "schemas", "status"]
        && answer.at("/schemas") == json!(["urn:ietf:params:scim:api:messages:2.0:Error"])
        && answer.at("/status") == json!(answer.status.to_string())
        && is_text(&answer.at("/detail"))
        && (answer.at("/scimType").is_null() || is_text(&answer.at("/scimType")))
}

fn is_application_error(error: &Value) -> bool {
    error["error_code"].is_string() && error["parameter_name"].is_string() && error["values"].is_array()
}
