//! The one timeline of the schema. A migration runs once, in order, all or nothing, under a lock.

use super::backend::Connection;
use super::error::StoreError;
use super::signing_keys;
use super::sql::Value;

struct Migration {
    version: i64,
    name: &'static str,
    /// What runs on SQLite, one after another. A version may have nothing to do on a backend.
    sqlite: &'static [&'static str],
    /// What runs on PostgreSQL.
    postgres: &'static [&'static str],
}

/// The text of a migration's file.
macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../migrations/", $name, ".sql"))
    };
}

impl Migration {
    const fn on_both(version: i64, name: &'static str, files: &'static [&'static str]) -> Self {
        Self { version, name, sqlite: files, postgres: files }
    }

    async fn run(&self, connection: &mut Connection) -> Result<(), StoreError> {
        for sql in connection.own(self.sqlite, self.postgres) {
            connection.script(sql).await?;
        }
        let row = [Value::from(self.version), Value::from(self.name)];
        connection.execute("insert into migrations (version, name) values ($1, $2)", &row).await.map(drop)
    }
}

/// Numbered in the order they run; a file with a backend's suffix runs on that backend alone.
const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "directory",
        sqlite: &[file!("0001_directory")],
        postgres: &[file!("0001_types.postgres"), file!("0001_directory")],
    },
    Migration { version: 2, name: "search", sqlite: &[file!("0002_search.sqlite")], postgres: &[file!("0002_search.postgres")] },
    Migration::on_both(3, "changes", &[file!("0003_changes")]),
    Migration::on_both(4, "sign_in", &[file!("0004_sign_in")]),
    Migration::on_both(5, "attributes", &[file!("0005_attributes")]),
    Migration::on_both(6, "profiles", &[file!("0006_profiles")]),
    Migration::on_both(7, "nested_groups", &[file!("0007_nested_groups")]),
    Migration::on_both(8, "connections", &[file!("0008_connections")]),
    Migration { version: 9, name: "keys", sqlite: &[file!("0009_keys")], postgres: &[file!("0009_keys"), file!("0009_keys.postgres")] },
    Migration { version: 10, name: "isolation", sqlite: &[], postgres: &[file!("0010_isolation.postgres")] },
    Migration {
        version: 11,
        name: "copies",
        sqlite: &[file!("0011_copies")],
        postgres: &[file!("0011_copies"), file!("0011_copies.postgres")],
    },
    Migration {
        version: 13,
        name: "credential_changes",
        sqlite: &[file!("0013_credential_changes.sqlite")],
        postgres: &[file!("0013_credential_changes.postgres")],
    },
    Migration {
        version: 14,
        name: "light_people",
        sqlite: &[file!("0014_light_people"), file!("0014_light_people.sqlite")],
        postgres: &[file!("0014_light_people_begin.postgres"), file!("0014_light_people"), file!("0014_light_people_end.postgres")],
    },
    Migration {
        version: 15,
        name: "sessions",
        sqlite: &[file!("0015_sessions")],
        postgres: &[file!("0015_sessions"), file!("0015_sessions.postgres")],
    },
];

/// The newest version that this program knows.
pub(super) const KNOWN: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

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
        migration.run(connection).await?;
    }
    signing_keys::make_where_missing(connection).await?;
    Ok(applied == 0)
}

async fn newest(connection: &mut Connection) -> Result<i64, StoreError> {
    let newest = connection.first("select max(version) from migrations", &[], |row| row.optional_integer(0)).await?;
    Ok(newest.flatten().unwrap_or(0))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::store::backend::DatabaseUrl;
    use crate::test_database::{TestDatabase, wait};

    /// The rows of an organization that has defined two attributes, as the first migration had it.
    const ORGANIZATION: &str = "
        insert into organizations (id, slug, name, created_at) values (7, 'senate', 'Senate', 1000);
        insert into sequences (organization_id, sequence, changed_at, person_number, group_number, role_number, job_title_number,
            level_number, price_list_number) values (7, 0, 1000, 0, 0, 0, 0, 0, 0);
        insert into attribute_definitions (organization_id, name, kind) values (7, 'state', 'Text'), (7, 'link', 'Link');
    ";

    /// Two identities, applications and tokens, the first of which enter two organizations.
    const CREDENTIALS: &str = "
        insert into organizations (id, slug, name, created_at) values (7, 'senate', 'Senate', 1000), (8, 'house', 'House', 1000);
        insert into identities (id, created_at) values (x'0a', 1), (x'0b', 1);
        insert into applications (id, secret_hash, name, scopes, created_at) values (x'0a', x'01', '', 0, 1), (x'0b', x'01', '', 0, 1);
        insert into tokens (id, secret_hash, name, scopes, created_at) values (x'0a', x'01', '', 0, 1), (x'0b', x'02', '', 0, 1);
        insert into identity_links (identity_id, organization_id, person_number) values (x'0a', 7, 1), (x'0a', 8, 2), (x'0b', 7, 3);
        insert into application_organizations (application_id, organization_id) values (x'0a', 7), (x'0a', 8), (x'0b', 7);
        insert into token_organizations (token_id, organization_id) values (x'0a', 7), (x'0a', 8), (x'0b', 7);
    ";

    /// Every version that there was.
    pub(in crate::store) fn versions() -> impl Iterator<Item = i64> {
        MIGRATIONS.iter().map(|migration| migration.version)
    }

    /// The schema as it was before a version.
    pub(in crate::store) async fn before(connection: &mut Connection, version: i64) -> Result<(), StoreError> {
        connection.execute(TIMELINE, &[]).await?;
        for migration in MIGRATIONS.iter().filter(|migration| migration.version < version) {
            migration.run(connection).await?;
        }
        Ok(())
    }

    /// A new database with the schema as it was before a version.
    ///
    /// An embedded one: there was no other before the last of these versions.
    async fn old(database: &TestDatabase, version: i64) -> Result<Connection, StoreError> {
        let url = DatabaseUrl::parse(&database.url).expect("a URL");
        let mut connection = Connection::bare(&url)?;
        before(&mut connection, version).await?;
        Ok(connection)
    }

    #[test]
    fn versions_rise_one_by_one() {
        let versions: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();

        assert!(versions.is_sorted_by(|earlier, later| earlier < later), "{versions:?}");
    }

    #[test]
    fn every_file_runs_on_the_backends_that_its_name_says() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let runs = |files: fn(&Migration) -> &[&str], sql: &str| MIGRATIONS.iter().any(|migration| files(migration).contains(&sql));

        for file in std::fs::read_dir(folder).expect("a folder") {
            let path = file.expect("a file").path();
            let (name, sql) = (path.display().to_string(), std::fs::read_to_string(&path).expect("SQL"));
            assert_eq!(runs(|migration| migration.sqlite, &sql), !name.ends_with(".postgres.sql"), "{name}");
            assert_eq!(runs(|migration| migration.postgres, &sql), !name.ends_with(".sqlite.sql"), "{name}");
        }
    }

    #[test]
    fn attributes_from_before_there_were_types_stay_as_attributes_of_people() {
        let database = TestDatabase::file();

        let found = wait(async {
            let mut connection = old(&database, 5).await?;
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

    #[test]
    fn credentials_enter_where_they_did_before_organizations_led_their_keys() {
        let database = TestDatabase::file();

        let found = wait(async {
            let mut connection = old(&database, 9).await?;
            connection.script(CREDENTIALS).await?;
            migrate(&mut connection).await?;
            let mut found = Vec::new();
            for (table, credential) in
                [("identity_links", "identity"), ("application_organizations", "application"), ("token_organizations", "token")]
            {
                let sql = format!("select hex({credential}_id), organization_id from {table} order by {credential}_id, organization_id");
                found.push(connection.all(&sql, &[], |row| Ok((row.text(0)?.to_owned(), row.integer(1)?))).await?);
            }
            Ok::<_, StoreError>(found)
        });

        let expected = vec![("0A".to_owned(), 7), ("0A".to_owned(), 8), ("0B".to_owned(), 7)];
        assert_eq!(found.expect("rows"), vec![expected; 3]);
    }
}
