//! Values on their way into SQLite and out of it.

use super::failing::failed;
use crate::store::error::StoreError;
use crate::store::sql::Value;
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

pub(super) use rusqlite::Row as SqliteRow;

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Boolean(value) => ValueRef::Integer(i64::from(*value)),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

pub(super) fn integer(row: &SqliteRow<'_>, column: usize) -> Result<Option<i64>, StoreError> {
    row.get(column).map_err(|error| failed("could not read a number", error))
}

pub(super) fn real(row: &SqliteRow<'_>, column: usize) -> Result<f64, StoreError> {
    row.get(column).map_err(|error| failed("could not read a number", error))
}

pub(super) fn boolean(row: &SqliteRow<'_>, column: usize) -> Result<bool, StoreError> {
    row.get(column).map_err(|error| failed("could not read a truth value", error))
}

pub(super) fn text<'a>(row: &'a SqliteRow<'_>, column: usize) -> Result<Option<&'a str>, StoreError> {
    let value = row.get_ref(column).map_err(|error| failed("could not read text", error))?;
    value.as_str_or_null().map_err(|error| StoreError::failed("could not read text", error))
}

pub(super) fn bytes<'a>(row: &'a SqliteRow<'_>, column: usize) -> Result<Option<&'a [u8]>, StoreError> {
    let value = row.get_ref(column).map_err(|error| failed("could not read bytes", error))?;
    value.as_blob_or_null().map_err(|error| StoreError::failed("could not read bytes", error))
}
