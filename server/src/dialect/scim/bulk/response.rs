//! The body of the answer: what became of each operation that was tried.

use super::super::error::Error;
use axum::http::{Method, StatusCode};
use serde::{Serialize, Serializer};

const SCHEMAS: [&str; 1] = ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"];

/// The answer to a bulk request.
#[derive(Debug, Serialize)]
pub struct BulkResponse {
    schemas: [&'static str; 1],
    #[serde(rename = "Operations")]
    operations: Vec<Outcome>,
}

/// What became of one operation.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// Where the resource is; absent where none was created, or none is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    #[serde(serialize_with = "as_text")]
    pub method: Method,
    #[serde(rename = "bulkId", skip_serializing_if = "Option::is_none")]
    pub bulk_id: Option<String>,
    /// The entity tag of the resource as it has become.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    #[serde(serialize_with = "as_number_text")]
    pub status: StatusCode,
    /// The error object where it failed; resources are not repeated.
    #[serde(rename = "response", serialize_with = "as_document", skip_serializing_if = "Option::is_none")]
    pub error: Option<Error>,
}

impl BulkResponse {
    pub const fn new(operations: Vec<Outcome>) -> Self {
        Self { schemas: SCHEMAS, operations }
    }
}

fn as_text<S: Serializer>(method: &Method, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(method.as_str())
}

fn as_number_text<S: Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.as_str())
}

fn as_document<S: Serializer>(error: &Option<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    error.as_ref().map(Error::document).serialize(serializer)
}
