//! The one timeline of the schema. A migration runs once, in order, all or nothing, under a lock.

use super::backend::Connection;
use super::error::StoreError;
use super::sql::Value;
use std::ops::ControlFlow;

struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

/// Numbered in the order they run; a file with a backend's suffix runs on that backend alone.
const MIGRATIONS: [Migration; 2] = [
    Migration { version: 1, name: "directory", sql: include_str!("../../migrations/0001_directory.sql") },
    Migration { version: 2, name: "search", sql: include_str!("../../migrations/0002_search.sqlite.sql") },
];

const TIMELINE: &str = "create table if not exists migrations (
    version bigint not null primary key,
    name text not null
)";

/// Brings the schema up to date, and answers whether there was none before. A schema newer than this program is refused
/// and left alone.
pub(super) async fn migrate(connection: &mut Connection) -> Result<bool, StoreError> {
    connection.begin_alone().await?;
    match migrate_in_transaction(connection).await {
        Ok(is_new) => connection.commit().await.map(|()| is_new),
        Err(error) => {
            connection.rollback().await?;
            Err(error)
        }
    }
}

async fn migrate_in_transaction(connection: &mut Connection) -> Result<bool, StoreError> {
    connection.execute(TIMELINE, &[]).await?;
    let applied = newest(connection).await?;
    let known = MIGRATIONS.last().map_or(0, |migration| migration.version);
    if applied > known {
        return Err(StoreError::NewerSchema { found: applied, known });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > applied) {
        connection.script(migration.sql).await?;
        let row = [Value::from(migration.version), Value::from(migration.name)];
        connection.execute("insert into migrations (version, name) values ($1, $2)", &row).await?;
    }
    Ok(applied == 0)
}

async fn newest(connection: &mut Connection) -> Result<i64, StoreError> {
    let mut newest = 0;
    let read = |row: &super::sql::Row<'_>| {
        newest = row.optional_integer(0)?.unwrap_or(0);
        Ok(ControlFlow::Break(()))
    };
    connection.for_each("select max(version) from migrations", &[], read).await?;
    Ok(newest)
}
