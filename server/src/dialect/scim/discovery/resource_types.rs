//! The types of resources (RFC 7643, section 6).

use super::super::caller::Base;
use super::super::schema::{RESOURCE_TYPE, ResourceSchema};
use super::{Meta, RESOURCE_TYPES};
use serde::Serialize;

/// One type of resources.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceTypeDocument {
    schemas: [&'static str; 1],
    id: &'static str,
    name: &'static str,
    description: &'static str,
    endpoint: &'static str,
    schema: &'static str,
    schema_extensions: Vec<Extension>,
    meta: Meta,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Extension {
    schema: &'static str,
    required: bool,
}

impl ResourceTypeDocument {
    pub fn new(schema: &ResourceSchema, base: &Base) -> Self {
        let kind = schema.kind();
        Self {
            schemas: [RESOURCE_TYPE],
            id: kind.as_str(),
            name: kind.as_str(),
            description: kind.description(),
            endpoint: kind.endpoint(),
            schema: kind.schema(),
            schema_extensions: schema.extensions().map(|extension| Extension { schema: extension.id, required: false }).collect(),
            meta: Meta::new("ResourceType", base, RESOURCE_TYPES, kind.as_str()),
        }
    }
}
