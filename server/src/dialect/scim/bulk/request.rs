//! The body of a bulk request. What is not of its shape is refused whole, before anything is done.

use super::super::body::Allows;
use super::super::error::Error;
use super::super::limits::BULK_OPERATIONS_MAX;
use super::super::patch::body::members;
use super::super::quirks::MISSING_SCHEMAS;
use super::{Operation, references};
use axum::http::Method;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What the body must say that it is.
pub const SCHEMA: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
/// What an operation may be.
const METHODS: [Method; 4] = [Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// A bulk request that can be carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub operations: Vec<Operation>,
    /// How many operations may fail before the rest is left undone; `None`: all of them.
    pub fail_on_errors: Option<u64>,
}

impl Request {
    /// Reads a whole body.
    pub fn read(body: Map<String, Value>, allows: Allows<'_>) -> Result<Self, Error> {
        let [schemas, fail_on_errors, operations] = members(body, ["schemas", "failOnErrors", "Operations"])?;
        check_schemas(schemas.as_ref(), allows)?;
        let Some(Value::Array(operations)) = operations else {
            return Err(Error::invalid_syntax("The body of a bulk request must have \"Operations\", a list."));
        };
        if operations.len() > BULK_OPERATIONS_MAX {
            return Err(Error::too_large(format!("A bulk request has at most {BULK_OPERATIONS_MAX} operations.")));
        }
        let numbered = operations.into_iter().zip(1..);
        let read = numbered.map(|(written, place)| operation(written).map_err(|error| error.within(&format!("Operation {place}"))));
        let operations = read.collect::<Result<Vec<_>, _>>()?;
        check_unique(&operations)?;
        Ok(Self { operations, fail_on_errors: limit(fail_on_errors)? })
    }
}

fn check_schemas(schemas: Option<&Value>, allows: Allows<'_>) -> Result<(), Error> {
    let is_schema = |urn: &Value| urn.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(SCHEMA));
    match schemas {
        None if allows(&MISSING_SCHEMAS) => Ok(()),
        Some(Value::Array(urns)) if urns.iter().any(is_schema) => Ok(()),
        _ => Err(Error::invalid_syntax(format!("The body of a bulk request must have \"schemas\": [\"{SCHEMA}\"]."))),
    }
}

fn limit(written: Option<Value>) -> Result<Option<u64>, Error> {
    match written {
        None | Some(Value::Null) => Ok(None),
        Some(written) => {
            let limit = written.as_u64().filter(|limit| *limit > 0);
            limit.map(Some).ok_or_else(|| Error::invalid_syntax("\"failOnErrors\" must be a whole number above 0."))
        }
    }
}

fn operation(written: Value) -> Result<Operation, Error> {
    let Value::Object(written) = written else {
        return Err(Error::invalid_syntax("An operation is an object."));
    };
    let [method, bulk_id, version, path, data] = members(written, ["method", "bulkId", "version", "path", "data"])?;
    let method = self::method(text("method", method)?.as_deref())?;
    let bulk_id = text("bulkId", bulk_id)?.filter(|name| !name.is_empty());
    if bulk_id.is_none() && method == Method::POST {
        return Err(Error::invalid_syntax("A POST needs a \"bulkId\"."));
    }
    let path = text("path", path)?.ok_or_else(|| Error::invalid_syntax("\"path\" is missing."))?;
    let mut data = self::data(&method, data)?;
    let references = references::of(&path, &mut data);
    Ok(Operation { method, bulk_id, path, version: text("version", version)?, data, references })
}

/// In any case.
fn method(written: Option<&str>) -> Result<Method, Error> {
    let method = written.and_then(|written| METHODS.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(written)));
    method.ok_or_else(|| Error::invalid_syntax("\"method\" must be \"POST\", \"PUT\", \"PATCH\" or \"DELETE\"."))
}

fn data(method: &Method, written: Option<Value>) -> Result<Map<String, Value>, Error> {
    match written {
        _ if *method == Method::DELETE => Ok(Map::new()),
        Some(Value::Object(data)) => Ok(data),
        _ => Err(Error::invalid_syntax(format!("\"data\" must be an object, which a {method} needs."))),
    }
}

fn text(name: &str, written: Option<Value>) -> Result<Option<String>, Error> {
    match written {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Error::invalid_syntax(format!("\"{name}\" must be a text."))),
    }
}

/// Each POST creates something of its own.
fn check_unique(operations: &[Operation]) -> Result<(), Error> {
    let mut seen = HashSet::new();
    let mut created = operations.iter().filter(|operation| operation.method == Method::POST);
    match created.find(|operation| !seen.insert(&operation.bulk_id)) {
        Some(_) => Err(Error::invalid_syntax("Two operations that are a POST have the same \"bulkId\".")),
        None => Ok(()),
    }
}
