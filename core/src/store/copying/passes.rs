//! Going through a table: what is read of it in the order of its key, and the statement that puts it into another database.

use super::checksum::Checksum;
use super::error::{CopyError, Side};
use super::tables::{Kind, Table};
use crate::store::backend::Connection;
use crate::store::error::StoreError;
use crate::store::sql::{Row, Value};
use std::ops::ControlFlow;

/// Rows read and put at once: one round trip, one transaction.
const BATCH_ROWS: u64 = 2000;
/// Bytes of text and records after which a batch ends, however few rows it has.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// Going through a table once.
#[derive(Debug)]
pub(super) struct Pass {
    /// Names it in what the target remembers, and to people.
    pub(super) name: String,
    columns: Vec<(&'static str, Kind)>,
    key: usize,
    /// `select … from …`, with a condition that more may follow.
    select: String,
    /// Takes a row as its parameters.
    pub(super) put: String,
    /// A column that is left out at first where it is greater than another: see [`Table::inward`].
    held_back: Option<(usize, usize)>,
}

/// Some rows, one after another.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Vec<Value>>,
}

impl Pass {
    /// All rows, whole but for what refers to a later row of the same table.
    pub(super) fn of(table: &Table) -> Self {
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let place = |wanted: &str| names.iter().position(|name| *name == wanted);
        Self {
            name: table.name.to_owned(),
            columns: table.columns.to_vec(),
            key: table.key,
            select: format!("select {} from {} where", names.join(", "), table.name),
            put: format!("insert into {} ({}) values ({})", table.name, names.join(", "), parameters(1, names.len())),
            held_back: table.inward.and_then(|(column, other)| place(column).zip(place(other))),
        }
    }

    /// What refers to a later row of the same table, once all are there.
    pub(super) fn inward(table: &Table) -> Option<Self> {
        let (column, other) = table.inward?;
        let kind = table.columns.iter().find(|(name, _)| *name == column)?;
        let columns: Vec<(&'static str, Kind)> = table.columns.iter().take(table.key).chain([kind]).copied().collect();
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let key = names.iter().take(table.key).enumerate().map(|(place, name)| format!("{name} = ${}", place + 1));
        Some(Self {
            name: format!("{}.{column}", table.name),
            select: format!("select {} from {} where {column} > {other} and", names.join(", "), table.name),
            put: format!("update {} set {column} = ${} where {}", table.name, table.key + 1, key.collect::<Vec<_>>().join(" and ")),
            columns,
            key: table.key,
            held_back: None,
        })
    }

    /// The rows after one, or the first ones: no more than `limit`, and fewer where they are large. None at the end.
    pub(super) async fn read(
        &self,
        connection: &mut Connection,
        side: Side,
        after: Option<&[Value]>,
        limit: Option<u64>,
    ) -> Result<Batch, CopyError> {
        let limit = limit.unwrap_or(BATCH_ROWS).min(BATCH_ROWS);
        let (mut batch, mut bytes, mut unfit) = (Batch::default(), 0, None);
        let take = |row: &Row<'_>| {
            let values = self.values(row).inspect_err(|(column, _)| unfit = Some((self.key_in_words(row), *column)));
            let values = values.map_err(|(_, error)| error)?;
            bytes += values.iter().map(size).sum::<usize>();
            batch.rows.push(values);
            Ok(if bytes < BATCH_BYTES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        };
        let read = connection.for_each(&self.statement(after.is_some(), limit), after.unwrap_or_default(), take).await;
        match unfit {
            Some((row, column)) => Err(CopyError::Unfit { table: self.name.clone(), row, column, reason: "cannot be read" }),
            None => read.map_err(side.failed("reading")).map(|()| batch),
        }
    }

    /// The key of the last row.
    pub(super) fn last(&self, batch: &Batch) -> Option<Vec<Value>> {
        batch.rows.last().and_then(|row| row.get(..self.key)).map(<[Value]>::to_vec)
    }

    /// A batch as it is put into the other database, and checked that it can be.
    pub(super) fn ready(&self, batch: Batch, takes_nul: bool) -> Result<Batch, CopyError> {
        let mut rows = batch.rows;
        for row in &mut rows {
            if let Some(place) = (!takes_nul).then(|| row.iter().position(has_nul)).flatten() {
                let column = self.columns.get(place).map_or("", |(name, _)| name);
                let reason = "holds the character NUL, which the other database does not take";
                return Err(CopyError::Unfit { table: self.name.clone(), row: in_words(&self.columns, &row[..self.key]), column, reason });
            }
            if let Some((column, other)) = self.held_back
                && is_later(&row[column], &row[other])
            {
                row[column] = Value::Null;
            }
        }
        Ok(Batch { rows })
    }

    /// Adds up all that there is.
    pub(super) async fn sum(&self, connection: &mut Connection, side: Side, mut tell: impl FnMut(u64)) -> Result<Checksum, CopyError> {
        let (mut checksum, mut after) = (Checksum::default(), None);
        loop {
            let batch = self.read(connection, side, after.as_deref(), None).await?;
            let Some(last) = self.last(&batch) else { return Ok(checksum) };
            batch.rows.iter().for_each(|row| checksum.add(row));
            tell(batch.rows.len() as u64);
            after = Some(last);
        }
    }

    fn statement(&self, has_start: bool, limit: u64) -> String {
        let key = self.columns.iter().take(self.key).map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let start = if has_start { format!("({key}) > ({})", parameters(1, self.key)) } else { "1 = 1".to_owned() };
        format!("{} {start} order by {key} limit {limit}", self.select)
    }

    /// A row; or the column that cannot be read, and why.
    fn values(&self, row: &Row<'_>) -> Result<Vec<Value>, (&'static str, StoreError)> {
        let columns = self.columns.iter().enumerate();
        columns.map(|(place, (name, kind))| value(row, place, *kind).map_err(|error| (*name, error))).collect()
    }

    /// As much of it as can be read.
    fn key_in_words(&self, row: &Row<'_>) -> String {
        let key = self.columns.iter().take(self.key).enumerate();
        let values: Vec<Value> = key.map(|(place, (_, kind))| value(row, place, *kind).unwrap_or(Value::Null)).collect();
        in_words(&self.columns, &values)
    }
}

fn value(row: &Row<'_>, place: usize, kind: Kind) -> Result<Value, StoreError> {
    Ok(match kind {
        Kind::Integer => row.optional_integer(place)?.into(),
        Kind::Real => row.real(place)?.into(),
        Kind::Boolean => row.boolean(place)?.into(),
        Kind::Text => row.optional_text(place)?.into(),
        Kind::Bytes => row.optional_bytes(place)?.map(<[u8]>::to_vec).into(),
    })
}

/// Whether a number refers to a row that comes later.
const fn is_later(value: &Value, own: &Value) -> bool {
    matches!((value, own), (Value::Integer(value), Value::Integer(own)) if *value > *own)
}

fn has_nul(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.contains('\0'))
}

const fn size(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => size_of::<i64>(),
    }
}

/// `$1, $2, …`
fn parameters(first: usize, count: usize) -> String {
    (first..first + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// A key for whoever must find the row. Texts are left out: they may be somebody's address.
fn in_words(columns: &[(&'static str, Kind)], key: &[Value]) -> String {
    let parts = columns.iter().zip(key).filter_map(|((name, _), value)| match value {
        Value::Integer(number) => Some(format!("{name} {number}")),
        Value::Bytes(bytes) => {
            let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            Some(format!("{name} {}", digits.concat()))
        }
        _ => None,
    });
    parts.collect::<Vec<_>>().join(", ")
}
