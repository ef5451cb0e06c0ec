//! The one timeline of the schema. A migration runs once, in order, all or nothing, under a lock.

use super::backend::Connection;
use super::error::StoreError;
use super::sql::Value;

struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

/// Numbered in the order they run; a file with a backend's suffix runs on that backend alone.
const MIGRATIONS: [Migration; 5] = [
    Migration { version: 1, name: "directory", sql: include_str!("../../migrations/0001_directory.sql") },
    Migration { version: 2, name: "search", sql: include_str!("../../migrations/0002_search.sqlite.sql") },
    Migration { version: 3, name: "changes", sql: include_str!("../../migrations/0003_changes.sql") },
    Migration { version: 4, name: "sign_in", sql: include_str!("../../migrations/0004_sign_in.sql") },
    Migration { version: 5, name: "attributes", sql: include_str!("../../migrations/0005_attributes.sql") },
];

/// The newest version that this program knows.
const KNOWN: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

const TIMELINE: &str = "create table if not exists migrations (
    version bigint not null primary key,
    name text not null
)";

/// Brings the schema up to date, and answers whether there was none before. A schema newer than this program is refused
/// and left alone.
///
/// The lock is taken only when there is something to do, so that a command does not wait for another program's writes.
pub(super) async fn migrate(connection: &mut Connection) -> Result<bool, StoreError> {
    // A database without a timeline fails here, and so does one that cannot be read: the lock then tells them apart.
    if newest(connection).await.is_ok_and(|applied| applied == KNOWN) {
        return Ok(false);
    }
    connection.begin_alone().await?;
    match migrate_in_transaction(connection).await {
        Ok(is_new) => connection.commit().await.map(|()| is_new),
        Err(error) => {
            // Whatever happens to the rollback, the caller is told of what came first.
            drop(connection.rollback().await);
            Err(error)
        }
    }
}

async fn migrate_in_transaction(connection: &mut Connection) -> Result<bool, StoreError> {
    connection.execute(TIMELINE, &[]).await?;
    let applied = newest(connection).await?;
    if applied > KNOWN {
        return Err(StoreError::NewerSchema { found: applied, known: KNOWN });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > applied) {
        connection.script(migration.sql).await?;
        let row = [Value::from(migration.version), Value::from(migration.name)];
        connection.execute("insert into migrations (version, name) values ($1, $2)", &row).await?;
    }
    Ok(applied == 0)
}

async fn newest(connection: &mut Connection) -> Result<i64, StoreError> {
    let newest = connection.first("select max(version) from migrations", &[], |row| row.optional_integer(0)).await?;
    Ok(newest.flatten().unwrap_or(0))
}
