//! The writer thread of SQLite: group commit.
//!
//! Writes that wait together share one transaction, and each is answered only after the commit that makes all of them
//! durable. One that fails is undone alone: the first by beginning the transaction anew, the others by a savepoint. So
//! a write that comes alone, such as a batch of an import, does not pay for a savepoint's copies of pages.

use super::Connection;
use crate::store::error::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Writes that share one commit at most, so that the first of them does not wait long.
const BATCH_MAX: usize = 64;
/// Writes that may wait; beyond it the answer is *busy*.
const QUEUE_MAX: usize = 4096;

/// The door to the writer thread. Dropping it waits until what was asked for is written and the connection is closed, so
/// that the last program to end leaves everything in the database's one file.
pub(super) struct Writer {
    /// `None` once it is being dropped.
    jobs: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic has been logged by the panic hook, and its connection is closed too.
            drop(thread.join());
        }
    }
}

impl Writer {
    /// `open` makes a connection at the start and after a write has panicked and taken the connection with it.
    pub(super) fn start(open: impl Fn() -> Result<Connection, StoreError> + Send + 'static) -> Result<Self, StoreError> {
        let connection = open()?;
        let (jobs, waiting) = sync_channel(QUEUE_MAX);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || write_all(connection, &waiting, open))
            .map_err(|error| StoreError::failed("could not start the writer", error))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Does the work and keeps its changes if it succeeds and `keep` agrees.
    pub(super) async fn run<T, E, F>(&self, keep: fn(&T) -> bool, work: F) -> Result<T, E>
    where
        F: FnOnce(Connection) -> (Connection, Result<T, E>) + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(StoreError::Busy)?;
        jobs.try_send(Box::new(Write { work, keep, answer })).map_err(|_| StoreError::Busy)?;
        answered.await.map_err(|_| StoreError::failed("a write was lost", "the writer thread has stopped"))?
    }
}

/// A write that waits, whatever its result is.
trait Job: Send {
    /// Does the work. The connection is gone after a panic.
    fn run(self: Box<Self>, connection: Connection) -> (Option<Connection>, Verdict, Answer);

    /// Answers without doing anything.
    fn refuse(self: Box<Self>, error: StoreError);
}

/// Answers a write once it is known whether the commit succeeded.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Keep,
    Undo,
}

struct Write<F, T, E> {
    work: F,
    keep: fn(&T) -> bool,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Job for Write<F, T, E>
where
    F: FnOnce(Connection) -> (Connection, Result<T, E>) + Send,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    fn run(self: Box<Self>, connection: Connection) -> (Option<Connection>, Verdict, Answer) {
        let Self { work, keep, answer } = *self;
        let (connection, result) = match catch_unwind(AssertUnwindSafe(|| work(connection))) {
            Ok((connection, result)) => (Some(connection), result),
            Err(_) => (None, Err(StoreError::failed("a write panicked", "its panic is in the log").into())),
        };
        let verdict = if result.as_ref().is_ok_and(keep) { Verdict::Keep } else { Verdict::Undo };
        let reply = move |committed: Result<(), StoreError>| {
            let outcome = result.and_then(|value| committed.map(|()| value).map_err(E::from));
            // Whoever asked may have gone; the change stands all the same.
            drop(answer.send(outcome));
        };
        (connection, verdict, Box::new(reply))
    }

    fn refuse(self: Box<Self>, error: StoreError) {
        drop(self.answer.send(Err(error.into())));
    }
}

fn write_all(connection: Connection, waiting: &Receiver<Box<dyn Job>>, open: impl Fn() -> Result<Connection, StoreError>) {
    let mut idle = Some(connection);
    while let Ok(job) = waiting.recv() {
        let connection = match idle.take() {
            Some(connection) => Ok(connection),
            None => open(),
        };
        match connection {
            Ok(connection) => idle = write_batch(connection, job, waiting),
            Err(error) => job.refuse(error),
        }
    }
}

/// Runs what waits in one transaction and answers it. `None` when the connection was lost.
fn write_batch(mut connection: Connection, first: Box<dyn Job>, waiting: &Receiver<Box<dyn Job>>) -> Option<Connection> {
    if let Err(error) = batch(&connection, "begin immediate") {
        first.refuse(error);
        return Some(connection);
    }
    let mut answers = Vec::new();
    let mut next = Some(first);
    while let Some(job) = next {
        let undo = if answers.is_empty() { Undo::Transaction } else { Undo::Savepoint };
        let (returned, answer) = write_one(connection, job, undo);
        answers.push(answer);
        let Some(returned) = returned else {
            // Dropping the connection undid the whole transaction.
            answer_all(answers, Err(&StoreError::failed("a write beside this one panicked", "its panic is in the log")));
            return None;
        };
        connection = returned;
        next = if answers.len() < BATCH_MAX { waiting.try_recv().ok() } else { None };
    }
    let committed = batch(&connection, "commit");
    if let Err(error) = &committed {
        tracing::error!(%error, "could not commit");
        // Some failures end the transaction by themselves; then there is nothing to roll back.
        drop(batch(&connection, "rollback"));
    }
    answer_all(answers, committed.as_ref().map(|&()| ()));
    Some(connection)
}

fn write_one(connection: Connection, job: Box<dyn Job>, undo: Undo) -> (Option<Connection>, Answer) {
    if let Err(error) = batch(&connection, undo.begin()) {
        job.refuse(error);
        return (Some(connection), Box::new(|_| ()));
    }
    let (connection, verdict, answer) = job.run(connection);
    let Some(connection) = connection else { return (None, answer) };
    let ended = match verdict {
        Verdict::Keep => batch(&connection, undo.keep()),
        Verdict::Undo => batch(&connection, undo.undo()),
    };
    match ended {
        Ok(()) => (Some(connection), answer),
        Err(error) => {
            answer(Err(error));
            (Some(connection), Box::new(|_| ()))
        }
    }
}

/// How one write inside a transaction is undone.
#[derive(Clone, Copy, Debug)]
enum Undo {
    /// Nothing else is in the transaction yet: it is rolled back and begun anew.
    Transaction,
    /// Alone, beside the writes before it.
    Savepoint,
}

impl Undo {
    const fn begin(self) -> &'static str {
        match self {
            Self::Transaction => "",
            Self::Savepoint => "savepoint one",
        }
    }

    const fn keep(self) -> &'static str {
        match self {
            Self::Transaction => "",
            Self::Savepoint => "release one",
        }
    }

    const fn undo(self) -> &'static str {
        match self {
            Self::Transaction => "rollback; begin immediate",
            Self::Savepoint => "rollback to one; release one",
        }
    }
}

fn answer_all(answers: Vec<Answer>, committed: Result<(), &StoreError>) {
    for answer in answers {
        answer(committed.map_err(StoreError::told_again));
    }
}

fn batch(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    let Connection::Sqlite(sqlite) = connection;
    sqlite.batch(sql)
}
