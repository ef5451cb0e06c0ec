//! The schemas (RFC 7643, section 7).

use super::super::caller::Base;
use super::super::schema::{Attribute, SCHEMA, Schema};
use super::{Choices, Meta, SCHEMAS};
use serde::Serialize;
use std::borrow::Cow;

/// One schema.
#[derive(Clone, Debug, Serialize)]
pub struct SchemaDocument<'a> {
    schemas: [&'static str; 1],
    id: &'static str,
    name: &'static str,
    description: &'static str,
    attributes: Cow<'a, [Attribute]>,
    meta: Meta,
}

impl<'a> SchemaDocument<'a> {
    pub fn new(schema: &'a Schema, choices: &Choices, base: &Base) -> Self {
        Self {
            schemas: [SCHEMA],
            id: schema.id,
            name: schema.name,
            description: schema.description,
            attributes: choices.offered(schema),
            meta: Meta::new("Schema", base, SCHEMAS, schema.id),
        }
    }
}
