//! The writer thread of SQLite: group commit.
//!
//! Writes that wait together share one transaction, and each is answered only after the commit that makes all of them
//! durable. One that fails is undone alone: the first by ending the transaction before anybody else is in it, the others
//! by a savepoint, where they have changed anything (`sqlite/alone.rs`). So neither a write that comes alone, such as a batch of
//! an import, nor one whose every statement comes after every rule, pays for a savepoint's copies of pages. Where a write
//! cannot be undone alone, nobody's in the transaction is kept, and all of them are told.

use super::Connection;
use super::log_length::LogLength;
use super::vitals::{Waiting, WriteCounts};
use super::writability::Writability;
use crate::store::error::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Instant;
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
    counts: WriteCounts,
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
    pub(super) fn start(open: impl Fn() -> Result<Connection, StoreError> + Send + 'static, log: LogLength) -> Result<Self, StoreError> {
        let connection = open()?;
        let (jobs, waiting) = sync_channel(QUEUE_MAX);
        let counts = WriteCounts::default();
        let counted = counts.clone();
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || write_all(connection, &waiting, open, log, &counted))
            .map_err(|error| StoreError::failed("could not start the writer", error))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), counts })
    }

    pub(super) const fn counts(&self) -> &WriteCounts {
        &self.counts
    }

    /// Does the work and keeps its changes if it succeeds and `keep` agrees.
    pub(super) async fn run<T, E, F>(&self, keep: fn(&T) -> bool, work: F) -> Result<T, E>
    where
        F: FnOnce(Connection) -> (Connection, Result<T, E>) + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let stopped = || StoreError::failed("a write was lost", "the writer thread has stopped");
        let jobs = self.jobs.as_ref().ok_or_else(stopped)?;
        jobs.try_send(Box::new(Write { work, keep, answer, waiting: self.counts.waiting() })).map_err(|refused| match refused {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => stopped(),
        })?;
        answered.await.map_err(|_| stopped())?
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
    waiting: Waiting,
}

impl<F, T, E> Job for Write<F, T, E>
where
    F: FnOnce(Connection) -> (Connection, Result<T, E>) + Send,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    fn run(self: Box<Self>, connection: Connection) -> (Option<Connection>, Verdict, Answer) {
        let Self { work, keep, answer, waiting } = *self;
        drop(waiting);
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

fn write_all(
    connection: Connection,
    waiting: &Receiver<Box<dyn Job>>,
    open: impl Fn() -> Result<Connection, StoreError>,
    mut log: LogLength,
    counts: &WriteCounts,
) {
    let mut idle = Some(connection);
    let mut writability = Writability::default();
    while let Ok(job) = waiting.recv() {
        let connection = match idle.take() {
            Some(connection) => Ok(connection),
            None => open(),
        };
        match connection.and_then(begun) {
            Ok(connection) => {
                idle = write_batch(connection, job, waiting, &mut writability, counts);
                if let Some(connection) = &idle {
                    log.keep_short(connection);
                }
            }
            Err(error) => {
                writability.failed(&error);
                refuse_all(job, waiting, &error);
            }
        }
    }
}

/// The connection in a transaction of its own.
fn begun(connection: Connection) -> Result<Connection, StoreError> {
    connection.sqlite().begin_writes()?;
    // What went wrong in the last one has been told.
    drop(take_trouble(&connection));
    Ok(connection)
}

/// Whoever waited beside a write that could not begin has waited as long; the next would only wait in vain once more.
fn refuse_all(first: Box<dyn Job>, waiting: &Receiver<Box<dyn Job>>, error: &StoreError) {
    first.refuse(error.told_again());
    for job in waiting.try_iter().take(QUEUE_MAX) {
        job.refuse(error.told_again());
    }
}

/// Runs what waits in one transaction, which has begun, and answers it. `None` when the connection was lost.
fn write_batch(
    mut connection: Connection,
    first: Box<dyn Job>,
    waiting: &Receiver<Box<dyn Job>>,
    writability: &mut Writability,
    counts: &WriteCounts,
) -> Option<Connection> {
    let changes_before = changes(&connection);
    let mut answers = Vec::new();
    let mut next = Some(first);
    while let Some(job) = next {
        if !answers.is_empty() {
            connection.sqlite().begin_another();
        }
        let (returned, verdict, answer) = job.run(connection);
        let Some(returned) = returned else {
            // Dropping the connection undid the whole transaction.
            answers.push(answer);
            answer_all(answers, Err(&StoreError::failed("a write beside this one panicked", "its panic is in the log")));
            return None;
        };
        connection = returned;
        let trouble = take_trouble(&connection);
        trouble.iter().for_each(|error| writability.failed(error));
        if answers.is_empty() && verdict == Verdict::Undo {
            // Undone before it is said: whoever hears of it finds nothing of it.
            let connection = rolled_back(connection);
            answer(Ok(()));
            return connection;
        }
        let ended = end_one(&connection, answers.is_empty(), verdict, trouble);
        answers.push(answer);
        if let Err(error) = ended {
            return give_up(connection, answers, &error, writability);
        }
        next = if answers.len() < BATCH_MAX { waiting.try_recv().ok() } else { None };
    }
    let committing = Instant::now();
    match connection.sqlite().commit() {
        Ok(()) => {
            counts.committed(answers.len(), committing.elapsed());
            // A commit of nothing writes nothing, and so proves nothing.
            if changes(&connection) > changes_before {
                writability.committed();
            }
            answer_all(answers, Ok(()));
            Some(connection)
        }
        Err(error) => give_up(connection, answers, &error, writability),
    }
}

/// Fails where the database has ended the transaction by itself, as it does when the disk is full: for the same reason.
fn end_one(connection: &Connection, is_first: bool, verdict: Verdict, trouble: Option<StoreError>) -> Result<(), StoreError> {
    if !in_transaction(connection) {
        let unknown = || StoreError::failed("a write beside this one ended the transaction", "the database rolled it back");
        return Err(trouble.unwrap_or_else(unknown));
    }
    match verdict {
        _ if is_first => Ok(()),
        Verdict::Keep => connection.sqlite().keep_another(),
        Verdict::Undo => connection.sqlite().undo_another(),
    }
}

/// Undoes the transaction and tells everybody in it.
fn give_up(connection: Connection, answers: Vec<Answer>, error: &StoreError, writability: &mut Writability) -> Option<Connection> {
    writability.failed(error);
    let connection = rolled_back(connection);
    answer_all(answers, Err(error));
    connection
}

/// A connection outside any transaction; `None` when it cannot leave the one that it is in.
fn rolled_back(connection: Connection) -> Option<Connection> {
    let is_free = !in_transaction(&connection) || connection.sqlite().roll_back().is_ok();
    is_free.then_some(connection)
}

fn answer_all(answers: Vec<Answer>, committed: Result<(), &StoreError>) {
    for answer in answers {
        answer(committed.map_err(StoreError::told_again));
    }
}

fn take_trouble(connection: &Connection) -> Option<StoreError> {
    connection.sqlite().take_trouble()
}

fn changes(connection: &Connection) -> u64 {
    connection.sqlite().changes()
}

fn in_transaction(connection: &Connection) -> bool {
    connection.sqlite().in_transaction()
}
