//! SQLite: one file, one writer thread, a handful of readers.
//!
//! Futures over this backend never wait: every statement answers on the thread that polls, so one poll runs a whole
//! transaction. [`run`] relies on it.

mod alone;
pub(super) mod backup;
mod inspection;
pub(super) mod restore;
mod searching;
mod staging;
#[cfg(test)]
pub(in crate::store) mod steps;

pub(super) use searching::{finds_text_surely, holds_text};

use super::failing::{failed, read_only};
use super::log_length::LogLength;
use super::long_reads::LongReads;
use super::opening;
use super::readers::Readers;
use super::vitals::Vitals;
use super::writer::Writer;
use super::{BackendRow, Connection, Effort, OpenMode};
use crate::domain::OrganizationId;
use crate::store::error::StoreError;
use crate::store::ranks::{Ranks, RanksWithin};
use crate::store::sql::{Row, Value};
use crate::store::standing::{Remembered, Standing};
use crate::store::transaction::{ReadTransaction, SystemTransaction, Work, WriteTransaction};
use crate::store::{copying, migrate};
use rusqlite::{CachedStatement, MAIN_DB};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use tokio::sync::oneshot;

/// Groups that the trigram index does not know, and rows of the index that are nobody's.
const UNSEARCHABLE: &str = "select count(*) from groups
    where organization_id * 2147483648 + number not in (select id from groups_search_docsize)";
const SEARCHED_IN_VAIN: &str = "select count(*) from groups_search_docsize as place
    where not exists (select 1 from groups where organization_id = place.id / 2147483648 and number = place.id % 2147483648)";

/// An open SQLite database.
pub(crate) struct Sqlite {
    readers: Arc<Readers>,
    writer: Writer,
    long_reads: LongReads,
    ranks: Ranks,
    is_new: bool,
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        // Before the writer's, which is to be the last: it leaves everything in the database's one file.
        self.readers.close();
    }
}

impl Sqlite {
    pub(super) fn open(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        let mut connection = Connection::from(SqliteConnection::open_for_writing(path, mode)?);
        let is_new = run(async {
            let is_new = migrate::migrate(&mut connection).await?;
            copying::refuse_unfinished(&mut connection).await?;
            Ok::<_, StoreError>(is_new)
        })?;
        let readers = Readers::start(path.to_owned())?;
        let path = path.to_owned();
        let open = move || SqliteConnection::open_for_writer(&path).map(Connection::from);
        let writer = Writer::start(open, LogLength::new(Arc::clone(&readers)))?;
        Ok(Self { writer, long_reads: LongReads::start(&readers)?, readers, ranks: Ranks::default(), is_new })
    }

    pub(super) const fn ranks(&self) -> &Ranks {
        &self.ranks
    }

    pub(super) const fn is_new(&self) -> bool {
        self.is_new
    }

    pub(super) fn vitals(&self) -> Vitals {
        let bytes = |suffix: &str| {
            let mut path = self.readers.path().as_os_str().to_owned();
            path.push(suffix);
            // A log that is not there is empty.
            std::fs::metadata(path).map_or(0, |file| file.len())
        };
        let (connections, connections_in_use) = self.readers.open_and_in_use();
        let (database_bytes, log_bytes) = (Some(bytes("")), Some(bytes("-wal")));
        Vitals { database_bytes, log_bytes, connections, connections_in_use, ..self.writer.counts().vitals() }
    }

    pub(super) async fn read<T, E, F>(&self, organization: OrganizationId, effort: Effort, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut ReadTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let ranks = self.ranks.within(effort);
        match effort {
            Effort::Short => self.readers.with(|connection| read_organization(connection, organization, ranks, work)),
            Effort::Long => self.long_reads.run(move |connection| read_organization(connection, organization, ranks, work)).await,
        }
    }

    pub(super) async fn write<T, E, F>(&self, organization: OrganizationId, keep: fn(&T) -> bool, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut WriteTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let in_transaction = move |connection| {
            let mut transaction = WriteTransaction::new(connection, organization);
            let result = run(transaction.run(keep, work));
            (transaction.into_connection(), result)
        };
        self.writer.run(keep, in_transaction).await
    }

    pub(super) async fn write_first<T, E, F, G>(&self, first: F, rest: G) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, OrganizationId, E> + Send + 'static,
        G: for<'a> FnOnce(&'a mut WriteTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let in_transaction = move |connection| {
            let mut transaction = SystemTransaction::new(connection);
            let made = run(first(&mut transaction));
            let connection = transaction.into_connection();
            let organization = match made {
                Ok(organization) => organization,
                Err(error) => return (connection, Err(error)),
            };
            let mut transaction = WriteTransaction::new(connection, organization);
            let result = run(transaction.run(|_| true, rest));
            (transaction.into_connection(), result)
        };
        self.writer.run(|_| true, in_transaction).await
    }

    pub(super) async fn read_system<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, T, E> + Send + 'static,
        E: From<StoreError>,
    {
        self.readers.with(|connection| {
            let mut transaction = SystemTransaction::new(connection);
            let result = run(work(&mut transaction));
            (transaction.into_connection(), result)
        })
    }

    /// What credentials and these organizations stand at.
    pub(super) async fn standing(&self, organizations: &[OrganizationId]) -> Result<Standing, StoreError> {
        self.readers.with(|connection| {
            let mut transaction = SystemTransaction::new(connection);
            let standing = run(transaction.standing(organizations));
            (transaction.into_connection(), standing)
        })
    }

    pub(super) async fn write_system<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let in_transaction = move |connection| {
            let mut transaction = SystemTransaction::new(connection);
            let result = run(work(&mut transaction));
            (transaction.into_connection(), result)
        };
        self.writer.run(|_| true, in_transaction).await
    }

    /// On a thread of its own, because it waits for who reads and who writes.
    pub(super) async fn empty_log(&self) -> Result<bool, StoreError> {
        let (answer, answered) = oneshot::channel();
        let path = self.readers.path().to_owned();
        let empty = move || {
            // Whoever asked may have gone; then nobody hears the answer.
            drop(answer.send(SqliteConnection::open(&path, OpenMode::MustExist).and_then(|connection| connection.empty_log())));
        };
        let started = std::thread::Builder::new().name("empty-log".to_owned()).spawn(empty);
        started.map_err(|error| StoreError::failed("could not start to empty the log", error))?;
        answered.await.map_err(|_| StoreError::failed("emptying the log panicked", "its panic is in the log"))?
    }
}

fn read_organization<T, E, F>(
    connection: Connection,
    organization: OrganizationId,
    ranks: RanksWithin,
    work: F,
) -> (Connection, Result<T, E>)
where
    F: for<'a> FnOnce(&'a mut ReadTransaction) -> Work<'a, T, E>,
    E: From<StoreError>,
{
    let mut transaction = ReadTransaction::new(connection, organization, ranks);
    let result = run(work(&mut transaction));
    (transaction.into_connection(), result)
}

/// Runs a future that never waits.
fn run<T, E: From<StoreError>>(work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => Err(StoreError::failed("a transaction waited for something that is not the database", "future is pending").into()),
    }
}

/// One connection to the file.
pub(crate) struct SqliteConnection {
    connection: rusqlite::Connection,
    trouble: Cell<Option<StoreError>>,
    /// What was read of the one moment that it looks at; nothing unless it holds a snapshot.
    remembered: RefCell<Option<Remembered>>,
    shared: alone::Shared,
}

impl SqliteConnection {
    pub(super) fn open(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        let connection = opening::open(path, mode)?;
        Ok(Self { connection, trouble: Cell::new(None), remembered: RefCell::new(None), shared: alone::Shared::default() })
    }

    /// Fails where the file can be opened for reading alone, to which SQLite falls back without a word.
    pub(super) fn open_for_writing(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        let opened = Self::open(path, mode)?;
        let is_readonly = opened.connection.is_readonly(MAIN_DB).map_err(|error| failed("could not open the database", error))?;
        if is_readonly { Err(read_only()) } else { Ok(opened) }
    }

    /// For the writer: what it may have to undo of a write among others is held in memory, where SQLite would write every page of
    /// it into a temporary file. Writes are small; a large one, such as a batch of an import, comes alone.
    fn open_for_writer(path: &Path) -> Result<Self, StoreError> {
        let opened = Self::open_for_writing(path, OpenMode::MustExist)?;
        opened.batch("pragma temp_store = memory")?;
        Ok(opened)
    }

    /// Statements without parameters or rows.
    pub(super) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(|error| self.failed("could not run a batch of statements", error))
    }

    /// A number that differs from the last one if another connection, of whatever process, has committed in between.
    pub(super) fn data_version(&self) -> Result<i64, StoreError> {
        let ask = || self.connection.prepare_cached("pragma data_version")?.query_row([], |row| row.get(0));
        ask().map_err(|error| failed("could not ask whether the database has changed", error))
    }

    /// Begins a transaction that stays open from read to read.
    pub(super) fn begin_snapshot(&self) -> Result<(), StoreError> {
        self.batch("begin")?;
        self.remembered.replace(Some(Remembered::default()));
        Ok(())
    }

    pub(super) fn end_snapshot(&self) -> Result<(), StoreError> {
        self.remembered.replace(None);
        self.batch("rollback")
    }

    /// What was read at the one moment of its snapshot before; nothing outside one.
    pub(super) fn remembered<T>(&self, read: impl FnOnce(&Remembered) -> Option<T>) -> Option<T> {
        self.remembered.borrow().as_ref().and_then(read)
    }

    /// Keeps what was read for as long as the snapshot lasts.
    pub(super) fn remember(&self, keep: impl FnOnce(&mut Remembered)) {
        if let Some(remembered) = self.remembered.borrow_mut().as_mut() {
            keep(remembered);
        }
    }

    pub(super) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// How many rows this connection has changed in all.
    pub(super) fn changes(&self) -> u64 {
        self.connection.total_changes()
    }

    /// The last failure that nothing could be written after, or that ended a transaction, since this was asked before.
    pub(super) fn take_trouble(&self) -> Option<StoreError> {
        self.trouble.take()
    }

    pub(super) fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let run = || -> rusqlite::Result<usize> { self.prepared(sql, values)?.raw_execute() };
        run().map(|rows| rows as u64).map_err(|error| self.failed("could not execute a statement", error))
    }

    /// Executes one statement with each of several sets of values, prepared once.
    pub(super) fn execute_of(&self, sql: &str, sets: &[Vec<Value>]) -> Result<u64, StoreError> {
        let run = || -> rusqlite::Result<u64> {
            let mut statement = self.connection.prepare_cached(sql)?;
            self.prepare_for(sql, statement.readonly())?;
            self.run_each(&mut statement, sets)
        };
        run().map_err(|error| self.failed("could not execute a statement", error))
    }

    fn run_each(&self, statement: &mut CachedStatement<'_>, sets: &[Vec<Value>]) -> rusqlite::Result<u64> {
        let places = places(statement)?;
        let mut rows = 0;
        for values in sets {
            bind(statement, &places, values)?;
            rows += statement.raw_execute()? as u64;
        }
        Ok(rows)
    }

    /// The rows of one statement for each of several sets of values, prepared once.
    pub(super) fn for_each_of(
        &self,
        sql: &str,
        sets: &[Vec<Value>],
        mut read: impl FnMut(usize, &Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let reading = |error| self.failed("could not read rows", error);
        let mut statement = self.connection.prepare_cached(sql).map_err(reading)?;
        self.prepare_for(sql, statement.readonly()).map_err(reading)?;
        let places = places(&statement).map_err(reading)?;
        for (set, values) in sets.iter().enumerate() {
            bind(&mut statement, &places, values).map_err(reading)?;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next().map_err(reading)? {
                read(set, &Row(BackendRow::Sqlite(row)))?;
            }
        }
        Ok(())
    }

    pub(super) fn for_each(
        &self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let reading = |error| self.failed("could not read rows", error);
        let mut statement = self.prepared(sql, values).map_err(reading)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(reading)? {
            if read(&Row(BackendRow::Sqlite(row)))?.is_break() {
                break;
            }
        }
        #[cfg(test)]
        {
            drop(rows);
            steps::note(&statement);
        }
        Ok(())
    }

    /// The failure of a statement, remembered where others than its own write must hear of it.
    fn failed(&self, doing: &'static str, error: rusqlite::Error) -> StoreError {
        let error = failed(doing, error);
        if !self.in_transaction() || matches!(error, StoreError::Unwritable { .. }) {
            self.trouble.set(Some(error.told_again()));
        }
        error
    }

    fn prepared(&self, sql: &str, values: &[Value]) -> rusqlite::Result<CachedStatement<'_>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        self.prepare_for(sql, statement.readonly())?;
        let places = places(&statement)?;
        bind(&mut statement, &places, values)?;
        Ok(statement)
    }

    /// A log is written over in time, and not cut off: the pages of what was erased would stay in it.
    fn empty_log(&self) -> Result<bool, StoreError> {
        self.checkpoint("pragma wal_checkpoint(truncate)")
    }

    /// Writes what the log holds into the file, as far as nobody reads it as it was before. Waits for nobody.
    pub(super) fn write_log_back(&self) -> Result<(), StoreError> {
        self.checkpoint("pragma wal_checkpoint(passive)").map(drop)
    }

    /// The same, and cuts the log off. `false`: somebody reads by it still.
    pub(super) fn cut_log(&self) -> Result<bool, StoreError> {
        opening::without_waiting(|| self.checkpoint("pragma wal_checkpoint(truncate)"))
    }

    /// Whether all of the log was dealt with.
    fn checkpoint(&self, pragma: &str) -> Result<bool, StoreError> {
        let is_held = self.connection.query_row(pragma, [], |row| row.get::<_, bool>(0));
        is_held.map(|is_held| !is_held).map_err(|error| failed("could not write the log back", error))
    }

    #[cfg(test)]
    pub(super) fn plan(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(&format!("explain query plan {sql}"))?;
            let mut rows = statement.raw_query();
            let mut steps = Vec::new();
            while let Some(row) = rows.next()? {
                steps.push(row.get(3)?);
            }
            Ok(steps)
        };
        read().map_err(|error| failed("could not read a plan", error))
    }

    pub(super) fn faults(&self) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut faults = Vec::new();
            // The index notices what others wrote when it is asked for rows, and not when it is checked.
            let notice = "select count(*) from groups_search where rowid = 0";
            self.connection.query_row(notice, [], |row| row.get::<_, i64>(0))?;
            self.connection.pragma_query(None, "integrity_check", |row| {
                faults.push(row.get::<_, String>(0)?);
                Ok(())
            })?;
            faults.retain(|line| line != "ok");
            self.connection.pragma_query(None, "foreign_key_check", |row| {
                faults.push(format!("a row of {} refers to a missing row of {}", row.get::<_, String>(0)?, row.get::<_, String>(2)?));
                Ok(())
            })?;
            let lost = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
            let (missing, orphaned) = (lost(UNSEARCHABLE)?, lost(SEARCHED_IN_VAIN)?);
            if missing + orphaned > 0 {
                faults.push(format!("the search index of groups misses {missing} rows and has {orphaned} of nothing"));
            }
            let wrong = self.wrong_trigrams()?;
            if wrong > 0 {
                faults.push(format!("the search index of people is wrong about {wrong} trigrams"));
            }
            Ok(faults)
        };
        read().map_err(|error| failed("could not check the database", error))
    }
}

/// Which value each parameter of a statement takes, counted from 0. SQLite numbers `$3` by where it stands in the text; its name
/// says which one is meant.
fn places(statement: &CachedStatement<'_>) -> rusqlite::Result<Vec<usize>> {
    let place = |index| {
        let name = statement.parameter_name(index).and_then(|name| name.get(1..)).and_then(|digits| digits.parse::<usize>().ok());
        name.and_then(|number| number.checked_sub(1)).ok_or(rusqlite::Error::InvalidParameterCount(0, index))
    };
    (1..=statement.parameter_count()).map(place).collect()
}

fn bind(statement: &mut CachedStatement<'_>, places: &[usize], values: &[Value]) -> rusqlite::Result<()> {
    for (index, place) in places.iter().enumerate() {
        let value = values.get(*place).ok_or(rusqlite::Error::InvalidParameterCount(values.len(), index + 1))?;
        statement.raw_bind_parameter(index + 1, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
