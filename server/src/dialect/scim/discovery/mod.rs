//! What the server says of itself (RFC 7643, sections 5 to 7; RFC 7644, section 4): what it supports, which types of
//! resources there are, and their schemas.

mod choices;
mod provider_config;
mod resource_types;
mod schemas;

pub use choices::Choices;
pub use provider_config::ProviderConfig;
pub use resource_types::ResourceTypeDocument;
pub use schemas::SchemaDocument;

use super::caller::Base;
use serde::Serialize;
use std::fmt::Display;

/// The endpoint of what the server supports.
pub const PROVIDER_CONFIG: &str = "/ServiceProviderConfig";
/// The endpoint of the types of resources.
pub const RESOURCE_TYPES: &str = "/ResourceTypes";
/// The endpoint of the schemas.
pub const SCHEMAS: &str = "/Schemas";

/// What is said of a document itself.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    resource_type: &'static str,
    location: String,
}

impl Meta {
    fn new(resource_type: &'static str, base: &Base, endpoint: &str, id: impl Display) -> Self {
        Self { resource_type, location: base.location(endpoint, id) }
    }

    /// Of the only document of its endpoint.
    fn single(resource_type: &'static str, base: &Base, endpoint: &str) -> Self {
        Self { resource_type, location: base.endpoint(endpoint) }
    }
}
