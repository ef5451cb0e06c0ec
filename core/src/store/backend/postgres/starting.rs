//! Opening: waiting for the database, what it must be, and its schema.

use super::connection::{PostgresConnection, Transaction};
use super::connector::Connector;
use super::failing::{no_connection, told};
use crate::store::backend::Connection;
use crate::store::error::StoreError;
use crate::store::{copying, migrate};
use deadpool_postgres::Object;
use std::time::{Duration, Instant};

/// How long to wait before trying to reach the database again: at first, and at most.
const PAUSE_FIRST: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);
/// The oldest PostgreSQL that is supported, as it says so itself.
const OLDEST: i64 = 150_000;

/// What a connection begins with that brings the schema up to date, or reads and writes the whole database.
const PATIENT: &str = "set lock_timeout = '600s'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set jit = off";

/// Brings the schema up to date, and answers whether there was none before. A database that is half a copy is refused.
pub(super) async fn prepare(connector: &Connector, wait: Duration) -> Result<bool, StoreError> {
    let mut connection = connect(connector, wait).await?;
    let is_new = migrate::migrate(&mut connection).await?;
    copying::refuse_unfinished(&mut connection).await?;
    Ok(is_new)
}

/// A connection of the URL's own user, once the database can be reached.
pub(super) async fn connect(connector: &Connector, wait: Duration) -> Result<Connection, StoreError> {
    let pool = connector.pool(1, PATIENT)?;
    let deadline = Instant::now() + wait;
    let mut pause = PAUSE_FIRST;
    let client: Object = loop {
        match pool.get().await.map_err(no_connection) {
            Ok(client) => break client,
            Err(error @ (StoreError::Unavailable { .. } | StoreError::Busy)) if Instant::now() + pause < deadline => {
                tracing::warn!(error = %told(&error), "{} does not let anybody in yet; trying again in {pause:?}", connector.address());
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSE_MAX);
            }
            Err(error) => return Err(error),
        }
    };
    let mut connection = Connection::from(PostgresConnection::Transaction(Transaction::new(client, String::new())));
    require_fit(&mut connection).await?;
    Ok(connection)
}

/// An old PostgreSQL, or a database in another encoding than UTF-8, is refused before anything is made in it.
async fn require_fit(connection: &mut Connection) -> Result<(), StoreError> {
    let sql = "select current_setting('server_version_num'), current_setting('server_encoding'), current_database()::text";
    let read = |row: &crate::store::sql::Row<'_>| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned(), row.text(2)?.to_owned()));
    let Some((version, encoding, name)) = connection.first(sql, &[], read).await? else { return Ok(()) };
    if version.parse::<i64>().is_ok_and(|version| version < OLDEST) {
        return Err(StoreError::failed("the database is too old", "PostgreSQL 15 or later is needed"));
    }
    if encoding != "UTF8" {
        let words = format!("it is in {encoding}; make one by: createdb --encoding UTF8 --template template0 {name}");
        return Err(StoreError::failed("the database is not in UTF-8", words));
    }
    Ok(())
}
