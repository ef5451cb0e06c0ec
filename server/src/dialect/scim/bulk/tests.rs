mod plans;
mod requests;

use super::*;
use serde_json::json;

/// The operations of a request, each as method, `bulkId`, path and data.
fn operations(written: &[(&str, &str, &str, Value)]) -> Vec<Operation> {
    let operations: Vec<Value> = written
        .iter()
        .map(|(method, bulk_id, path, data)| json!({ "method": method, "bulkId": bulk_id, "path": path, "data": data }))
        .collect();
    read(json!({ "schemas": [request::SCHEMA], "Operations": operations })).expect("a request").operations
}

fn read(body: Value) -> Result<request::Request, super::super::error::Error> {
    let Value::Object(body) = body else { panic!("an object") };
    request::Request::read(body, &|_| false)
}
