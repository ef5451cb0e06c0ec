//! One connection of the pool, or one that everybody shares, and the statements that go down it.

use super::failing::failed;
use crate::store::backend::BackendRow;
use crate::store::error::StoreError;
use crate::store::sql::{Row, Value};
use deadpool_postgres::ClientWrapper;
use futures_util::future::maybe_done;
use futures_util::{TryStreamExt, pin_mut};
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::task::{Poll, ready};
use tokio_postgres::error::SqlState;
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

/// Whether a statement was prepared for tables that another process has changed since.
pub(super) fn is_outdated(error: &Error) -> bool {
    error.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED)
}

/// Lets go of all prepared statements where one is of tables as they were, so that the next try has them anew.
pub(super) fn let_go_of_outdated(client: &ClientWrapper, error: &Error) {
    if is_outdated(error) {
        client.statement_cache.clear();
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
    all_in_order(answers).await.into_iter().sum()
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
    for (place, rows) in all_in_order(answers).await.into_iter().enumerate() {
        for row in &rows? {
            read(place, &Row(BackendRow::Postgres(row))).map_err(Ended::Refused)?;
        }
    }
    Ok(())
}

/// Everybody's answer. All of them are asked, in their order, before this first waits: so they are sent together. What the
/// libraries have for it stops on the way when an answer comes early.
pub(super) async fn all_in_order<F: Future>(asked: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut asked: Vec<_> = asked.map(|one| Box::pin(maybe_done(one))).collect();
    let (mut is_first, mut next) = (true, 0);
    let answered = poll_fn(|context| {
        if std::mem::take(&mut is_first) {
            for one in &mut asked {
                // Whether it is ready is asked again below.
                let _ = one.as_mut().poll(context);
            }
        }
        // The connection answers in the same order.
        while let Some(one) = asked.get_mut(next) {
            ready!(one.as_mut().poll(context));
            next += 1;
        }
        Poll::Ready(())
    });
    answered.await;
    asked.into_iter().filter_map(|mut one| one.as_mut().take_output()).collect()
}

pub(super) fn parameters(values: &[Value]) -> impl ExactSizeIterator<Item = &(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync))
}
