//! The body of the request: `{"schemas": […], "Operations": [{"op": …, "path": …, "value": …}]}`.
//!
//! Members that the RFC does not know are passed over (Microsoft's own examples have a `name` in an operation), and names
//! are read in any case.

use super::super::body::Allows;
use super::super::error::Error;
use super::super::filter::{self, Path};
use super::super::limits::PATCH_OPERATIONS_MAX;
use super::super::quirks::MISSING_SCHEMAS;
use super::{Op, Operation};
use serde_json::{Map, Value};

/// What the body must say that it is.
pub const SCHEMA: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// Reads a whole body.
pub fn operations(body: Map<String, Value>, allows: Allows<'_>) -> Result<Vec<Operation>, Error> {
    let [named, written] = members(body, ["schemas", "Operations"])?;
    check_schemas(named.as_ref(), allows)?;
    let Some(Value::Array(written)) = written else {
        return Err(Error::invalid_syntax("The body of a PATCH must have \"Operations\", a list."));
    };
    if written.is_empty() {
        return Err(Error::invalid_syntax("\"Operations\" is empty: there is nothing to do."));
    }
    if written.len() > PATCH_OPERATIONS_MAX {
        return Err(Error::too_large(format!("A PATCH has at most {PATCH_OPERATIONS_MAX} operations.")));
    }
    let numbered = written.into_iter().zip(1..);
    numbered.map(|(operation, place)| read(operation, place).map_err(|error| error.within(&format!("Operation {place}")))).collect()
}

fn check_schemas(named: Option<&Value>, allows: Allows<'_>) -> Result<(), Error> {
    let is_schema = |urn: &Value| urn.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(SCHEMA));
    match named {
        None if allows(&MISSING_SCHEMAS) => Ok(()),
        Some(Value::Array(urns)) if urns.iter().any(is_schema) => Ok(()),
        _ => Err(Error::invalid_syntax(format!("The body of a PATCH must have \"schemas\": [\"{SCHEMA}\"]."))),
    }
}

fn read(operation: Value, place: usize) -> Result<Operation, Error> {
    let Value::Object(operation) = operation else {
        return Err(Error::invalid_syntax("An operation is an object."));
    };
    let [op, path, value] = members(operation, ["op", "path", "value"])?;
    let op = op.as_ref().and_then(Value::as_str).and_then(Op::parse);
    let op = op.ok_or_else(|| Error::invalid_syntax("\"op\" must be \"add\", \"replace\" or \"remove\"."))?;
    let path = match path {
        None | Some(Value::Null) => None,
        Some(Value::String(path)) => Some(parse(&path)?),
        Some(_) => return Err(Error::invalid_path("\"path\" must be a text.")),
    };
    if path.is_none() && op == Op::Remove {
        return Err(Error::no_target("A remove needs a \"path\"."));
    }
    if value.is_none() && op != Op::Remove {
        return Err(Error::invalid_value(format!("\"value\" is missing, which {op} needs.")));
    }
    Ok(Operation { op, path, value, place })
}

/// Reads a path; what is wrong between the brackets is wrong with a filter.
pub(super) fn parse(path: &str) -> Result<Path, Error> {
    Path::parse(path).map_err(|fault: filter::Error| {
        let is_in_filter = path.get(..fault.position).is_some_and(|before| before.contains('['));
        let detail = format!("In the path: {fault}.");
        if is_in_filter { Error::invalid_filter(detail) } else { Error::invalid_path(detail) }
    })
}

/// Takes the members of these names, in any case, out of an object.
pub fn members<const N: usize>(object: Map<String, Value>, names: [&str; N]) -> Result<[Option<Value>; N], Error> {
    let mut found = [const { None }; N];
    for (written, value) in object {
        let Some(place) = names.iter().position(|name| name.eq_ignore_ascii_case(&written)) else { continue };
        if found[place].replace(value).is_some() {
            return Err(Error::invalid_syntax(format!("\"{}\" is there twice, in different cases.", names[place])));
        }
    }
    Ok(found)
}
