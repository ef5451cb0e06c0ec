//! One connection of the pool, or one that everybody shares, and the statements that go down it.

use super::failing::failed;
use crate::store::backend::BackendRow;
use crate::store::error::StoreError;
use crate::store::sql::{Row, Value};
use deadpool_postgres::ClientWrapper;
use futures_util::future::try_join_all;
use futures_util::{TryStreamExt, pin_mut};
use std::ops::ControlFlow;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Statement};

/// Different statements kept prepared by one connection. Filters make ever new ones, so all are let go when there are more.
const STATEMENTS_KEPT: usize = 512;

/// Why reading rows ended early.
pub(super) enum Ended {
    /// The database or the connection failed.
    Failed(Error),
    /// Whoever reads the rows did.
    Refused(StoreError),
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Ended {
    pub(super) fn into_store(self, doing: &'static str) -> StoreError {
        match self {
            Self::Failed(error) => failed(doing, error),
            Self::Refused(error) => error,
        }
    }
}

/// The statement, prepared.
pub(super) async fn prepared(client: &ClientWrapper, sql: &str) -> Result<Statement, Error> {
    if client.statement_cache.size() >= STATEMENTS_KEPT {
        client.statement_cache.clear();
    }
    client.prepare_cached(sql).await
}

pub(super) async fn execute(client: &ClientWrapper, sql: &str, values: &[Value]) -> Result<u64, Error> {
    let statement = prepared(client, sql).await?;
    client.execute_raw(&statement, parameters(values)).await
}

/// Executes a statement with each set of values, all sent before the first is answered, and carried out in their order.
pub(super) async fn execute_of(client: &ClientWrapper, sql: &str, sets: &[Vec<Value>]) -> Result<u64, Error> {
    let statement = prepared(client, sql).await?;
    let answers = sets.iter().map(|values| client.execute_raw(&statement, parameters(values)));
    Ok(try_join_all(answers).await?.iter().sum())
}

/// Reads the rows of a statement until `read` says to stop.
pub(super) async fn read_rows(
    client: &ClientWrapper,
    statement: &Statement,
    values: &[Value],
    mut read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
) -> Result<(), Ended> {
    let rows = client.query_raw(statement, parameters(values)).await?;
    pin_mut!(rows);
    while let Some(row) = rows.try_next().await? {
        if read(&Row(BackendRow::Postgres(&row))).map_err(Ended::Refused)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// The rows of a statement for each set of values, all sent before the first is answered.
pub(super) async fn read_rows_of(
    client: &ClientWrapper,
    statement: &Statement,
    sets: &[Vec<Value>],
    mut read: impl FnMut(usize, &Row<'_>) -> Result<(), StoreError> + Send,
) -> Result<(), Ended> {
    // Each takes all its rows as they come, so that none holds up the connection for the ones after it.
    let answers =
        sets.iter().map(|values| async move { client.query_raw(statement, parameters(values)).await?.try_collect::<Vec<_>>().await });
    for (place, rows) in try_join_all(answers).await?.into_iter().enumerate() {
        for row in &rows {
            read(place, &Row(BackendRow::Postgres(row))).map_err(Ended::Refused)?;
        }
    }
    Ok(())
}

fn parameters(values: &[Value]) -> impl ExactSizeIterator<Item = &(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync))
}
