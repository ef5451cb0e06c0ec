//! The narrow seam below every statement, and the only place that names a driver.
//!
//! A backend executes, reads rows, begins and commits, and answers a few questions about how it says what the common
//! subset of SQL cannot. One variant of each enum here is one backend; the database URL chooses at run time.
//! Part of the seam is *when* work runs: short reads at once, long ones in a small bounded pool, writes one after
//! another with those that wait together sharing one commit.

mod columns;
mod failing;
mod folders;
mod log_length;
mod long_reads;
mod opening;
mod options;
mod postgres;
mod readers;
mod sqlite;
mod url;
mod vitals;
mod writability;
mod writer;

pub use options::DatabaseOptions;
pub use postgres::InvalidPostgresUrl;
#[cfg(test)]
pub(super) use sqlite::steps::taken as steps_taken;
pub use url::{DatabaseUrl, InvalidDatabaseUrl};
pub use vitals::Vitals;

pub(crate) use readers::at_one_moment;

use super::backups::{BackupError, Existing, Holdings, Restored};
use super::error::StoreError;
use super::kept::noted;
use super::migrate;
use super::ranks::Ranks;
use super::sql::{Row, Value};
use super::standing::{Remembered, Standing};
use super::transaction::{ReadTransaction, SystemTransaction, Work, WriteTransaction};
use crate::domain::OrganizationId;
use std::ops::ControlFlow;
use std::path::Path;

/// Whether a database that is not there yet is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenMode {
    CreateIfMissing,
    MustExist,
}

/// How much a read may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// A few rows through an index: runs at once, where it is asked.
    Short,
    /// Anything else: runs in the bounded pool.
    Long,
}

/// What a transaction over a whole database is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Everything as it is at one moment.
    Read,
    Write,
}

/// An open database.
pub(crate) enum Store {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

impl Store {
    /// Opens the database and brings its schema up to date under a lock.
    pub(crate) async fn open(mode: OpenMode, options: &DatabaseOptions) -> Result<Self, StoreError> {
        match &options.url {
            DatabaseUrl::Sqlite(path) => sqlite::Sqlite::open(path, mode).map(Self::Sqlite),
            DatabaseUrl::Postgres(address) => {
                let replicas = options.replicas.iter().map(|url| match url {
                    DatabaseUrl::Postgres(replica) => Ok(&**replica),
                    DatabaseUrl::Sqlite(_) => Err(StoreError::failed("could not open a replica", "its URL is not one of PostgreSQL")),
                });
                let replicas = replicas.collect::<Result<Vec<_>, _>>()?;
                postgres::Postgres::open(address, &replicas, options).await.map(Box::new).map(Self::Postgres)
            }
        }
    }

    /// Where in lists people stand.
    pub(super) const fn ranks(&self) -> &Ranks {
        match self {
            Self::Sqlite(sqlite) => sqlite.ranks(),
            Self::Postgres(postgres) => postgres.ranks(),
        }
    }

    /// Whether its files are this process' to hold and to let go.
    pub(crate) const fn is_embedded(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Whether opening it made the database.
    pub(crate) const fn is_new(&self) -> bool {
        match self {
            Self::Sqlite(sqlite) => sqlite.is_new(),
            Self::Postgres(postgres) => postgres.is_new(),
        }
    }

    /// Reads of one organization, all from one moment. The work may be done twice, so that it is of one moment.
    pub(crate) async fn read<T, E, F>(&self, organization: OrganizationId, effort: Effort, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut ReadTransaction) -> Work<'a, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.read(organization, effort, work).await,
            // In a box: whoever waits for a read is small where it never waits.
            Self::Postgres(postgres) => Box::pin(postgres.read(organization, effort, work)).await,
        }
    }

    /// A change of one organization: kept whole when `work` succeeds, undone whole when it fails.
    /// Answers only once the change is durable.
    pub(crate) async fn write<T, E, F>(&self, organization: OrganizationId, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut WriteTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.write_if(organization, |_| true, work).await
    }

    /// The same, but undone when `keep` says so of the result; for rehearsals.
    pub(crate) async fn write_if<T, E, F>(&self, organization: OrganizationId, keep: fn(&T) -> bool, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut WriteTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => noted(sqlite.write(organization, keep, work).await),
            Self::Postgres(postgres) => noted(postgres.write(organization, keep, work).await),
        }
    }

    /// A change that first makes an organization, and then goes on inside it.
    pub(crate) async fn write_first<T, E, F, G>(&self, first: F, rest: G) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, OrganizationId, E> + Send + 'static,
        G: for<'a> FnOnce(&'a mut WriteTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => noted(sqlite.write_first(first, rest).await),
            Self::Postgres(postgres) => noted(postgres.write_first(first, rest).await),
        }
    }

    /// Whether the database answers and, on a server, takes writes. Says so soon, even where the server says nothing.
    pub(crate) async fn is_ready(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.read_system(|tx| Box::pin(tx.reach())).await,
            Self::Postgres(postgres) => postgres.is_ready().await,
        }
    }

    /// How it fares, but for the indexes in memory.
    pub(crate) fn vitals(&self) -> Vitals {
        match self {
            Self::Sqlite(sqlite) => sqlite.vitals(),
            Self::Postgres(postgres) => postgres.vitals(),
        }
    }

    /// Leaves nothing beside the tables' own files of what was erased from them. `false`: somebody still reads it.
    pub(crate) async fn empty_log(&self) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.empty_log().await,
            // Its log is the operator's to keep and to let go: see the documentation on operating.
            Self::Postgres(_) => Ok(true),
        }
    }

    /// Reads of what belongs to no organization. Short ones: they run at once.
    pub(crate) async fn read_system<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.read_system(work).await,
            Self::Postgres(postgres) => Box::pin(postgres.read_system(work)).await,
        }
    }

    /// What credentials and these organizations stand at, after this was asked. Asked with nearly every request, so it costs
    /// next to nothing.
    pub(crate) async fn standing(&self, organizations: &[OrganizationId]) -> Result<Standing, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.standing(organizations).await,
            Self::Postgres(postgres) => postgres.standing(organizations).await,
        }
    }

    /// A change of what belongs to no organization.
    pub(crate) async fn write_system<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => noted(sqlite.write_system(work).await),
            Self::Postgres(postgres) => noted(postgres.write_system(work).await),
        }
    }
}

/// Writes a backup of a database that others may have open.
pub(crate) fn back_up(url: &DatabaseUrl, file: &Path, existing: Existing) -> Result<Holdings, BackupError> {
    match url {
        DatabaseUrl::Sqlite(path) => sqlite::backup::back_up(path, file, existing),
        DatabaseUrl::Postgres(_) => Err(BackupError::Postgres),
    }
}

/// Puts a backup in the place of a database that nobody has open.
pub(crate) fn restore(url: &DatabaseUrl, file: &Path, existing: Existing) -> Result<Restored, BackupError> {
    match url {
        DatabaseUrl::Sqlite(path) => sqlite::restore::restore(path, file, existing),
        DatabaseUrl::Postgres(_) => Err(BackupError::Postgres),
    }
}

/// One connection of a backend. In a box, because it is handed from place to place for every read; and what waits for
/// PostgreSQL is boxed too, so that whoever never waits need not carry room for it about.
pub(crate) enum Connection {
    Sqlite(Box<sqlite::SqliteConnection>),
    Postgres(Box<postgres::PostgresConnection>),
}

impl From<postgres::PostgresConnection> for Connection {
    fn from(connection: postgres::PostgresConnection) -> Self {
        Self::Postgres(Box::new(connection))
    }
}

impl From<sqlite::SqliteConnection> for Connection {
    fn from(connection: sqlite::SqliteConnection) -> Self {
        Self::Sqlite(Box::new(connection))
    }
}

impl Connection {
    /// A connection to a new database, whose schema is yet to be made.
    #[cfg(test)]
    pub(super) fn bare(url: &DatabaseUrl) -> Result<Self, StoreError> {
        match url {
            DatabaseUrl::Sqlite(path) => sqlite::SqliteConnection::open_for_writing(path, OpenMode::CreateIfMissing).map(Self::from),
            DatabaseUrl::Postgres(_) => Err(StoreError::failed("could not open a bare database", "it is a server's")),
        }
    }

    /// A connection to everything in a database, for moving it whole. Its schema is brought up to date.
    pub(super) async fn whole(mode: OpenMode, options: &DatabaseOptions) -> Result<Self, StoreError> {
        let mut connection = match &options.url {
            DatabaseUrl::Sqlite(path) => sqlite::SqliteConnection::open_for_writing(path, mode)?.into(),
            DatabaseUrl::Postgres(address) => postgres::connect(address, options).await?,
        };
        migrate::migrate(&mut connection).await?;
        Ok(connection)
    }

    /// Begins a transaction over everything, whichever organization it belongs to.
    pub(super) async fn begin_whole(&mut self, access: Access) -> Result<(), StoreError> {
        match (self, access) {
            (Self::Sqlite(connection), Access::Read) => connection.batch("begin"),
            (Self::Sqlite(connection), Access::Write) => connection.batch("begin immediate"),
            (Self::Postgres(connection), access) => connection.begin_whole(access).await,
        }
    }

    /// Question: may a text hold the character NUL?
    pub(super) const fn takes_nul(&self) -> bool {
        self.own(true, false)
    }

    /// Lets the planner and the index of text know what a database holds that was filled all at once.
    pub(super) async fn note_statistics(&mut self) -> Result<(), StoreError> {
        match self {
            // Its planner goes without; but people came past its index of text.
            Self::Sqlite(connection) => connection.make_all_searchable(),
            Self::Postgres(connection) => Box::pin(connection.script("analyze")).await,
        }
    }

    /// Question: which of two, said one for each backend, is this one's?
    pub(super) const fn own<T: Copy>(&self, sqlite: T, postgres: T) -> T {
        match self {
            Self::Sqlite(_) => sqlite,
            Self::Postgres(_) => postgres,
        }
    }

    /// Begins a transaction that no other process writes beside.
    pub(super) async fn begin_alone(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.script("begin immediate").await,
            Self::Postgres(connection) => connection.begin_alone().await,
        }
    }

    pub(super) async fn commit(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.commit(),
            Self::Postgres(connection) => connection.script("commit").await,
        }
    }

    /// Takes note that no rule is asked any more: what a write has still to say is meant to stay.
    pub(super) fn begin_last_statements(&self) {
        match self {
            Self::Sqlite(connection) => connection.begin_last_statements(),
            // Its savepoints cost nothing.
            Self::Postgres(_) => {}
        }
    }

    pub(super) async fn rollback(&mut self) -> Result<(), StoreError> {
        self.script("rollback").await
    }

    /// Statements without parameters or rows.
    pub(super) async fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.batch(sql),
            Self::Postgres(connection) => Box::pin(connection.script(sql)).await,
        }
    }

    pub(super) async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => connection.execute(sql, values),
            Self::Postgres(connection) => Box::pin(connection.execute(sql, values)).await,
        }
    }

    /// Executes one statement with each of several sets of values, in their order; all of them in one round trip where there are
    /// any. Answers how many rows were changed in all.
    pub(super) async fn execute_of(&mut self, sql: &str, sets: &[Vec<Value>]) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => connection.execute_of(sql, sets),
            Self::Postgres(connection) => Box::pin(connection.execute_of(sql, sets)).await,
        }
    }

    pub(super) async fn for_each(
        &mut self,
        sql: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.for_each(sql, values, read),
            Self::Postgres(connection) => Box::pin(connection.for_each(sql, values, read)).await,
        }
    }

    /// From here on the statements are about what belongs to no organization, until [`Self::leave_credentials`]. SQLite has no
    /// second wall between the two.
    pub(super) fn enter_credentials(&mut self) {
        match self {
            Self::Sqlite(_) => {}
            Self::Postgres(connection) => connection.enter_credentials(),
        }
    }

    pub(super) fn leave_credentials(&mut self) {
        match self {
            Self::Sqlite(_) => {}
            Self::Postgres(connection) => connection.leave_credentials(),
        }
    }

    /// One that SQLite's own readers and writer keep, and that is of no other kind.
    fn sqlite(&self) -> &sqlite::SqliteConnection {
        match self {
            Self::Sqlite(connection) => connection,
            Self::Postgres(_) => unreachable!("SQLite's threads hold connections of SQLite alone"),
        }
    }

    /// The rows of one statement for each of several sets of values, in their order; all of them in one round trip where there
    /// are any. `read` is told which set a row is of.
    pub(super) async fn for_each_of(
        &mut self,
        sql: &str,
        sets: &[Vec<Value>],
        read: impl FnMut(usize, &Row<'_>) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.for_each_of(sql, sets, read),
            Self::Postgres(connection) => Box::pin(connection.for_each_of(sql, sets, read)).await,
        }
    }

    /// The same as [`Self::for_each`] where `read` may well stop long before the last row: what it does not ask for is not sent.
    pub(super) async fn walk(
        &mut self,
        sql: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.for_each(sql, values, read),
            Self::Postgres(connection) => Box::pin(connection.walk(sql, values, read)).await,
        }
    }

    /// What was read at the very moment that this connection looks at.
    pub(super) fn remembered<T>(&self, read: impl FnOnce(&Remembered) -> Option<T>) -> Option<T> {
        match self {
            Self::Sqlite(connection) => connection.remembered(read),
            Self::Postgres(_) => None,
        }
    }

    /// Keeps what was read for as long as this connection looks at one moment.
    pub(super) fn remember(&self, keep: impl FnOnce(&mut Remembered)) {
        match self {
            Self::Sqlite(connection) => connection.remember(keep),
            Self::Postgres(_) => {}
        }
    }

    /// Every row, read into a value.
    pub(super) async fn all<T: Send>(
        &mut self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        let collect = |row: &Row<'_>| {
            found.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        };
        self.for_each(sql, values, collect).await?;
        Ok(found)
    }

    /// The first row, read into a value.
    pub(super) async fn first<T: Send>(
        &mut self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        let take = |row: &Row<'_>| {
            found = Some(read(row)?);
            Ok(ControlFlow::Break(()))
        };
        self.for_each(sql, values, take).await?;
        Ok(found)
    }

    /// Question: which records of a table hold this text in this folded column, asked of the trigram index?
    ///
    /// A condition on `number`; `parameter` is the number of a free parameter, which takes the returned value. `pattern` is
    /// what a column is like that holds the text. See [`Self::finds_text_surely`].
    pub(super) fn holds_text(&self, table: &str, column: &str, needle: &str, pattern: &str, parameter: usize) -> (String, Value) {
        match self {
            Self::Sqlite(_) => sqlite::holds_text(table, column, needle, parameter),
            Self::Postgres(_) => postgres::holds_text(table, column, pattern, parameter),
        }
    }

    /// Question: does [`Self::holds_text`] find nobody else in this table? Whom it finds is still to be asked otherwise.
    pub(super) fn finds_text_surely(&self, table: &str) -> bool {
        match self {
            Self::Sqlite(_) => sqlite::finds_text_surely(table),
            Self::Postgres(_) => true,
        }
    }

    /// Puts new people into the trigram index: rows as they were inserted, with the organization first.
    pub(super) async fn make_searchable(&mut self, people: &[Vec<Value>]) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.make_searchable(people),
            // Its index is one of the table.
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Leaves nothing in the index of people of who is no longer there. Rewrites the whole index.
    pub(super) async fn forget_deleted_people(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.forget_deleted_people(),
            // Its indexes are emptied by vacuuming, which no transaction can do.
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Question: how does the database mean to answer this statement? One line a step.
    #[cfg(test)]
    pub(super) async fn plan(&mut self, sql: &str) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Sqlite(connection) => connection.plan(sql),
            Self::Postgres(connection) => connection.plan(sql).await,
        }
    }

    /// Question: is what is on disk sound? What is not, in the database's own words.
    pub(super) async fn faults(&mut self) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Sqlite(connection) => connection.faults(),
            Self::Postgres(connection) => connection.faults().await,
        }
    }
}

/// A row of a backend.
pub(super) enum BackendRow<'a> {
    Sqlite(&'a columns::SqliteRow<'a>),
    Postgres(&'a postgres::PostgresRow),
}

impl BackendRow<'_> {
    pub(super) fn integer(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self {
            Self::Sqlite(row) => columns::integer(row, column),
            Self::Postgres(row) => postgres::integer(row, column),
        }
    }

    pub(super) fn real(&self, column: usize) -> Result<f64, StoreError> {
        match self {
            Self::Sqlite(row) => columns::real(row, column),
            Self::Postgres(row) => postgres::real(row, column),
        }
    }

    pub(super) fn boolean(&self, column: usize) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(row) => columns::boolean(row, column),
            Self::Postgres(row) => postgres::boolean(row, column),
        }
    }

    pub(super) fn text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self {
            Self::Sqlite(row) => columns::text(row, column),
            Self::Postgres(row) => postgres::text(row, column),
        }
    }

    pub(super) fn bytes(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        match self {
            Self::Sqlite(row) => columns::bytes(row, column),
            Self::Postgres(row) => postgres::bytes(row, column),
        }
    }
}
