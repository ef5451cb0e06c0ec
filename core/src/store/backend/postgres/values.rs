//! Values on their way into PostgreSQL and out of it.

use super::failing::failed;
use crate::store::error::StoreError;
use crate::store::sql::Value;
use bytes::BytesMut;
use std::error::Error;
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, accepts, to_sql_checked};

pub(in crate::store::backend) use tokio_postgres::Row as PostgresRow;

type Fault = Box<dyn Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Fault> {
        match (self, base(kind)) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Integer(value), &Type::INT8) => value.to_sql(&Type::INT8, out),
            (Self::Integer(value), &Type::INT4) => i32::try_from(*value)?.to_sql(&Type::INT4, out),
            (Self::Real(value), &Type::FLOAT8) => value.to_sql(&Type::FLOAT8, out),
            (Self::Boolean(value), &Type::BOOL) => value.to_sql(&Type::BOOL, out),
            (Self::Text(value), &Type::TEXT) => value.to_sql(&Type::TEXT, out),
            (Self::Bytes(value), &Type::BYTEA) => value.to_sql(&Type::BYTEA, out),
            (value, kind) => Err(format!("a statement takes a value of the type {kind}, and was given {}", name(value)).into()),
        }
    }

    /// What does not fit says so where it is written.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// What a domain is made of; every other type is itself.
fn base(kind: &Type) -> &Type {
    match kind.kind() {
        Kind::Domain(inner) => inner,
        _ => kind,
    }
}

/// Never the value itself, which may be somebody's.
const fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Integer(_) => "an integer",
        Value::Real(_) => "a real number",
        Value::Boolean(_) => "a truth value",
        Value::Text(_) => "a text",
        Value::Bytes(_) => "bytes",
    }
}

/// An integer of any width.
struct Integer(i64);

impl<'a> FromSql<'a> for Integer {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Fault> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Self),
            _ => i32::from_sql(kind, raw).map(|value| Self(value.into())),
        }
    }

    accepts!(INT8, INT4);
}

pub(in crate::store::backend) fn integer(row: &PostgresRow, column: usize) -> Result<Option<i64>, StoreError> {
    let value: Option<Integer> = row.try_get(column).map_err(|error| failed("could not read a number", error))?;
    Ok(value.map(|value| value.0))
}

pub(in crate::store::backend) fn real(row: &PostgresRow, column: usize) -> Result<f64, StoreError> {
    row.try_get(column).map_err(|error| failed("could not read a number", error))
}

pub(in crate::store::backend) fn boolean(row: &PostgresRow, column: usize) -> Result<bool, StoreError> {
    row.try_get(column).map_err(|error| failed("could not read a truth value", error))
}

pub(in crate::store::backend) fn text(row: &PostgresRow, column: usize) -> Result<Option<&str>, StoreError> {
    row.try_get(column).map_err(|error| failed("could not read text", error))
}

pub(in crate::store::backend) fn bytes(row: &PostgresRow, column: usize) -> Result<Option<&[u8]>, StoreError> {
    row.try_get(column).map_err(|error| failed("could not read bytes", error))
}
