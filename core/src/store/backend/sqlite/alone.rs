//! Writes that share a transaction, each of which can be undone alone; and what waits until all of them are written.
//!
//! A savepoint has SQLite copy every page before it is changed. So a write has one only from its first statement that changes
//! anything, and none for what it writes last, when every rule has been asked: if the database refuses that all the same,
//! nobody's is kept.
//!
//! People who are to be put into the index of text wait until the commit, or for a statement that could miss them there: the
//! index writes pages of its own at every savepoint and every commit.

use super::SqliteConnection;
use crate::store::error::StoreError;
use crate::store::sql::Value;
use std::cell::{Cell, RefCell};

/// People who wait for the index of text at most.
const WAITING_MAX: usize = 256;

/// How the write under way is undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Undoing {
    /// With the whole transaction: nobody else's is in it.
    #[default]
    Whole,
    /// It has changed nothing yet.
    Nothing,
    /// By its savepoint.
    Savepoint,
    /// It has changed nothing before its last statements.
    LastStatements,
    /// It cannot be undone without the others.
    WithAll,
}

/// What a connection knows of the transaction that it writes.
#[derive(Default)]
pub(super) struct Shared {
    undoing: Cell<Undoing>,
    waiting: RefCell<Waiting>,
}

/// People who are yet to be put into the index of text.
#[derive(Default)]
struct Waiting {
    rows: Vec<Vec<Value>>,
    /// How many of them the write under way has put into it: again to be done if it is undone.
    indexed: usize,
    /// How many of them are of the writes before it.
    of_others: usize,
}

impl SqliteConnection {
    /// Begins a transaction whose first write is alone in it.
    pub(in crate::store::backend) fn begin_writes(&self) -> Result<(), StoreError> {
        self.forget_transaction();
        self.batch("begin immediate")
    }

    /// Begins one more write in it.
    pub(in crate::store::backend) fn begin_another(&self) {
        self.shared.undoing.set(Undoing::Nothing);
        let mut waiting = self.shared.waiting.borrow_mut();
        let indexed = std::mem::take(&mut waiting.indexed);
        waiting.rows.drain(..indexed);
        waiting.of_others = waiting.rows.len();
    }

    /// Takes note that no rule is asked any more: what is written from here on is meant to stay.
    pub(in crate::store::backend) fn begin_last_statements(&self) {
        if self.shared.undoing.get() == Undoing::Nothing {
            self.shared.undoing.set(Undoing::LastStatements);
        }
    }

    /// Ends a write that was begun by [`Self::begin_another`].
    pub(in crate::store::backend) fn keep_another(&self) -> Result<(), StoreError> {
        if self.shared.undoing.get() == Undoing::Savepoint { self.batch("release one") } else { Ok(()) }
    }

    /// The same, without what it changed. Fails where it cannot be undone alone.
    pub(in crate::store::backend) fn undo_another(&self) -> Result<(), StoreError> {
        match self.shared.undoing.get() {
            Undoing::Nothing | Undoing::LastStatements => Ok(()),
            Undoing::Savepoint => {
                self.batch("rollback to one; release one")?;
                let mut waiting = self.shared.waiting.borrow_mut();
                let of_others = waiting.of_others;
                waiting.rows.truncate(of_others);
                waiting.indexed = 0;
                Ok(())
            }
            Undoing::Whole | Undoing::WithAll => {
                Err(StoreError::failed("a write beside this one was refused by the database", "it cannot be undone alone"))
            }
        }
    }

    /// Makes everything durable that was written.
    pub(in crate::store::backend) fn commit(&self) -> Result<(), StoreError> {
        self.index_waiting().map_err(|error| self.failed("could not fill the index of text", error))?;
        self.batch("commit")?;
        self.forget_transaction();
        Ok(())
    }

    pub(in crate::store::backend) fn roll_back(&self) -> Result<(), StoreError> {
        self.forget_transaction();
        self.batch("rollback")
    }

    fn forget_transaction(&self) {
        self.shared.undoing.set(Undoing::Whole);
        self.shared.waiting.replace(Waiting::default());
    }

    /// Puts new people into the index of text, before anybody can ask it. Rows are as they were inserted.
    pub(in crate::store::backend) fn make_searchable(&self, people: &[Vec<Value>]) -> Result<(), StoreError> {
        let are_many = {
            let mut waiting = self.shared.waiting.borrow_mut();
            waiting.rows.extend(people.iter().map(|row| super::searching::texts_of(row)));
            waiting.rows.len() - waiting.indexed >= WAITING_MAX
        };
        if are_many {
            self.index_waiting().map_err(|error| self.failed("could not fill the index of text", error))?;
        }
        Ok(())
    }

    /// What a statement needs to have been done before it.
    pub(super) fn prepare_for(&self, sql: &str, is_readonly: bool) -> rusqlite::Result<()> {
        if self.is_anybody_waiting() && asks_the_index(sql, is_readonly) {
            self.index_waiting()?;
        }
        if is_readonly {
            return Ok(());
        }
        match self.shared.undoing.get() {
            Undoing::Nothing => {
                self.connection.execute_batch("savepoint one")?;
                self.shared.undoing.set(Undoing::Savepoint);
            }
            Undoing::LastStatements => self.shared.undoing.set(Undoing::WithAll),
            Undoing::Whole | Undoing::Savepoint | Undoing::WithAll => {}
        }
        Ok(())
    }

    fn is_anybody_waiting(&self) -> bool {
        let waiting = self.shared.waiting.borrow();
        waiting.rows.len() > waiting.indexed
    }

    fn index_waiting(&self) -> rusqlite::Result<()> {
        let mut waiting = self.shared.waiting.borrow_mut();
        let indexed = waiting.indexed;
        self.index(&waiting.rows[indexed..])?;
        if self.shared.undoing.get() == Undoing::Savepoint {
            waiting.indexed = waiting.rows.len();
        } else {
            *waiting = Waiting::default();
        }
        Ok(())
    }
}

/// Whether a statement reads the index of people, or has a trigger take somebody out of it.
fn asks_the_index(sql: &str, is_readonly: bool) -> bool {
    let keeps_it = is_readonly || sql.starts_with("insert ") || (sql.starts_with("update ") && !sql.contains("_folded"));
    !keeps_it || sql.contains("people_search")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::backend::{Connection, OpenMode};
    use crate::store::migrate;
    use crate::test_database::wait;
    use std::ops::ControlFlow;
    use tempfile::TempDir;

    const WHO_IS_INDEXED: &str = "select rowid from people_search where people_search match $1 order by rowid";
    const WRITE: &str = "update credential_changes set sequence = sequence + 1";

    fn database() -> (TempDir, SqliteConnection) {
        let folder = tempfile::tempdir().expect("a folder");
        let opened = SqliteConnection::open_for_writing(&folder.path().join("test.db"), OpenMode::CreateIfMissing);
        let mut connection = Connection::from(opened.expect("a connection"));
        wait(migrate::migrate(&mut connection)).expect("a schema");
        let Connection::Sqlite(connection) = connection else { unreachable!() };
        (folder, *connection)
    }

    /// Somebody of organization 0, as it is inserted: by number, with one text in every column.
    fn anna(number: i64) -> Vec<Vec<Value>> {
        let mut row = vec![Value::Integer(0), Value::Integer(number)];
        row.resize(TEXTS_END, Value::Text("ann".to_owned()));
        vec![row]
    }

    const TEXTS_END: usize = 13;

    fn indexed(connection: &SqliteConnection) -> Vec<i64> {
        let mut found = Vec::new();
        let take = |row: &crate::store::sql::Row<'_>| {
            found.push(row.integer(0)?);
            Ok(ControlFlow::Continue(()))
        };
        connection.for_each(WHO_IS_INDEXED, &[Value::Text("ann".to_owned())], take).expect("an answer");
        found
    }

    fn undone(asks_between: bool) -> Vec<i64> {
        let (_folder, connection) = database();
        connection.begin_writes().expect("a transaction");
        connection.make_searchable(&anna(1)).expect("a place");
        connection.begin_another();
        connection.execute(WRITE, &[]).expect("a write");
        connection.make_searchable(&anna(2)).expect("a place");
        if asks_between {
            assert_eq!(indexed(&connection), [1, 2]);
        }

        connection.undo_another().expect("an end");

        connection.begin_another();
        connection.begin_last_statements();
        connection.execute(WRITE, &[]).expect("a write");
        connection.make_searchable(&anna(3)).expect("a place");
        connection.keep_another().expect("an end");
        connection.commit().expect("a commit");
        indexed(&connection)
    }

    #[test]
    fn who_waits_for_the_index_is_gone_with_the_write_that_is_undone() {
        assert_eq!(undone(false), [1, 3]);
    }

    #[test]
    fn who_was_put_into_the_index_is_gone_with_the_write_that_is_undone_and_the_others_are_not() {
        assert_eq!(undone(true), [1, 3]);
    }

    #[test]
    fn a_write_that_is_refused_in_its_last_statements_cannot_be_undone_alone() {
        let (_folder, connection) = database();
        connection.begin_writes().expect("a transaction");
        connection.begin_another();
        connection.begin_last_statements();
        connection.execute(WRITE, &[]).expect("a write");

        assert!(connection.undo_another().is_err());
    }

    #[test]
    fn a_write_that_changed_nothing_is_undone_without_a_savepoint() {
        let (_folder, connection) = database();
        connection.begin_writes().expect("a transaction");
        connection.begin_another();

        assert_eq!(indexed(&connection), [0; 0]);
        connection.undo_another().expect("an end");
    }
}
