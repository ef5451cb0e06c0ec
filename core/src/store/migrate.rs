//! The one timeline of the schema. A migration runs once, in order, all or nothing, under a lock.

use super::backend::Connection;
use super::error::StoreError;
use super::signing_keys;
use super::sql::Value;

struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

/// Numbered in the order they run; a file with a backend's suffix runs on that backend alone.
const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "directory", sql: include_str!("../../migrations/0001_directory.sql") },
    Migration { version: 2, name: "search", sql: include_str!("../../migrations/0002_search.sqlite.sql") },
    Migration { version: 3, name: "changes", sql: include_str!("../../migrations/0003_changes.sql") },
    Migration { version: 4, name: "sign_in", sql: include_str!("../../migrations/0004_sign_in.sql") },
    Migration { version: 5, name: "attributes", sql: include_str!("../../migrations/0005_attributes.sql") },
    Migration { version: 6, name: "profiles", sql: include_str!("../../migrations/0006_profiles.sql") },
    Migration { version: 7, name: "nested_groups", sql: include_str!("../../migrations/0007_nested_groups.sql") },
    Migration { version: 8, name: "connections", sql: include_str!("../../migrations/0008_connections.sql") },
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
    signing_keys::make_where_missing(connection).await?;
    Ok(applied == 0)
}

async fn newest(connection: &mut Connection) -> Result<i64, StoreError> {
    let newest = connection.first("select max(version) from migrations", &[], |row| row.optional_integer(0)).await?;
    Ok(newest.flatten().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::backend::DatabaseUrl;
    use crate::store::contract::wait;

    /// The rows of an organization that has defined two attributes, as the first migration had it.
    const ORGANIZATION: &str = "
        insert into organizations (id, slug, name, created_at) values (7, 'senate', 'Senate', 1000);
        insert into sequences (organization_id, sequence, changed_at, person_number, group_number, role_number, job_title_number,
            level_number, price_list_number) values (7, 0, 1000, 0, 0, 0, 0, 0, 0);
        insert into attribute_definitions (organization_id, name, kind) values (7, 'state', 'Text'), (7, 'link', 'Link');
    ";

    async fn before(connection: &mut Connection, version: i64) -> Result<(), StoreError> {
        connection.execute(TIMELINE, &[]).await?;
        for migration in MIGRATIONS.iter().filter(|migration| migration.version < version) {
            connection.script(migration.sql).await?;
            let row = [Value::from(migration.version), Value::from(migration.name)];
            connection.execute("insert into migrations (version, name) values ($1, $2)", &row).await?;
        }
        Ok(())
    }

    #[test]
    fn versions_rise_one_by_one() {
        let versions: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();

        assert!(versions.is_sorted_by(|earlier, later| earlier < later), "{versions:?}");
    }

    #[test]
    fn attributes_from_before_there_were_types_stay_as_attributes_of_people() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = DatabaseUrl::parse(&format!("sqlite:{}", folder.path().join("old.db").display())).expect("a URL");
        let mut connection = Connection::bare(&url).expect("a connection");

        let found = wait(async {
            before(&mut connection, 5).await?;
            connection.script(ORGANIZATION).await?;
            migrate(&mut connection).await?;
            let sql = "select name, object, kind, label, limits, number, created_at, attribute_number from attributes
                join sequences on sequences.organization_id = attributes.organization_id order by number";
            let read = |row: &crate::store::sql::Row<'_>| {
                let texts = (0..5).map(|column| Ok(row.text(column)?.to_owned())).collect::<Result<Vec<_>, StoreError>>()?;
                Ok((texts.join(" "), row.integer(5)?, row.integer(6)?, row.integer(7)?))
            };
            connection.all(sql, &[], read).await
        });

        let expected = [("link person Link link {}".to_owned(), 1, 1000, 2), ("state person Text state {}".to_owned(), 2, 1000, 2)];
        assert_eq!(found.expect("rows"), expected);
    }
}
