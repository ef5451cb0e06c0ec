//! Writes: group commit for each organization.
//!
//! Writes of one organization that wait together in this process share one transaction, and each is answered only after
//! the commit that makes all of them durable. The transaction's first statement locks the organization's row of `sequences`, so
//! that the writes of all processes come one after another, and everything that is checked is checked under the lock. Different
//! organizations do not wait for each other. What belongs to no organization waits likewise, for one lock of the database.
//!
//! A write that fails is undone alone: the first by ending the transaction, the others by a savepoint. Where the commit fails,
//! nobody's is kept, and all of them are told.

use super::connection::{CREDENTIALS_LOCK, Committed, PostgresConnection, Scope, Transaction};
use super::failing::no_connection;
use super::news::News;
use super::reach::Reach;
use super::shared::{moment, moment_in};
use crate::store::backend::Connection;
use crate::store::backend::vitals::{Waiting, WriteCounts};
use crate::store::error::StoreError;
use deadpool_postgres::Pool;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::collections::{HashMap, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::oneshot;

/// Writes that share one commit at most, so that the first of them does not wait long.
const BATCH_MAX: usize = 64;
/// Writes that may wait in one queue; beyond it the answer is *busy*.
const QUEUE_MAX: usize = 4096;

/// Writes that wait for one lock, first come first served.
type Queue = VecDeque<Box<dyn Job>>;

/// The door to everybody who writes. Cheap to clone.
#[derive(Clone)]
pub(super) struct Writers {
    pool: Pool,
    queues: Arc<Mutex<HashMap<Scope, Queue>>>,
    news: News,
    reach: Reach,
    counts: WriteCounts,
}

impl Writers {
    pub(super) fn new(pool: Pool, news: News, reach: Reach) -> Self {
        Self { pool, queues: Arc::default(), news, reach, counts: WriteCounts::default() }
    }

    pub(super) const fn counts(&self) -> &WriteCounts {
        &self.counts
    }

    /// Does the work under a scope, and keeps its changes if it succeeds and `keep` agrees.
    pub(super) async fn run<T, E, F>(&self, scope: Scope, keep: fn(&T) -> bool, work: F) -> Result<T, E>
    where
        F: FnOnce(Connection) -> BoxFuture<'static, (Connection, Result<T, E>)> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.enqueue(scope, Box::new(Write { work, keep, answer, waiting: self.counts.waiting() }))?;
        answered.await.map_err(|_| StoreError::failed("a write was lost", "its queue has stopped"))?
    }

    /// Joins the queue of a scope, and sees to it that somebody serves it.
    fn enqueue(&self, scope: Scope, job: Box<dyn Job>) -> Result<(), StoreError> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get_mut(&scope) {
            if queue.len() >= QUEUE_MAX {
                return Err(StoreError::Busy);
            }
            queue.push_back(job);
            return Ok(());
        }
        queues.insert(scope, Queue::from([job]));
        tokio::spawn(self.clone().serve(scope));
        Ok(())
    }

    /// Writes batch after batch, until nobody waits.
    async fn serve(self, scope: Scope) {
        while let Some(first) = self.next_or_leave(scope) {
            match self.begin(scope).await {
                Ok(transaction) => self.write_batch(scope, transaction, first).await,
                Err(error) => self.refuse_all(scope, first, &error),
            }
        }
    }

    /// A transaction that has the lock of its scope.
    async fn begin(&self, scope: Scope) -> Result<Transaction, StoreError> {
        let client = self.reach.noted(self.pool.get().await.map_err(no_connection))?;
        let mut transaction = Transaction::new(client, String::new());
        transaction.script(&opening(scope)).await?;
        Ok(transaction)
    }

    fn next(&self, scope: Scope) -> Option<Box<dyn Job>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&scope)?.pop_front()
    }

    /// The next write; without one the queue is taken away, so that the next to come is served anew.
    fn next_or_leave(&self, scope: Scope) -> Option<Box<dyn Job>> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let next = queues.get_mut(&scope)?.pop_front();
        if next.is_none() {
            queues.remove(&scope);
        }
        next
    }

    /// Whoever waited beside a write that could not begin has waited as long.
    fn refuse_all(&self, scope: Scope, first: Box<dyn Job>, error: &StoreError) {
        first.refuse(error.told_again());
        while let Some(job) = self.next(scope) {
            job.refuse(error.told_again());
        }
    }

    /// Runs what waits in one transaction, and answers it.
    async fn write_batch(&self, scope: Scope, transaction: Transaction, first: Box<dyn Job>) {
        let mut transaction = transaction;
        let mut answers = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next {
            if !answers.is_empty() {
                transaction.send_ahead(&format!("savepoint {}; {}", savepoint(answers.len()), again(scope)));
            }
            let (returned, verdict, answer) = job.run(transaction).await;
            let Some(returned) = returned else {
                answers.push(answer);
                return answer_all(answers, &Err(StoreError::failed("a write beside this one panicked", "its panic is in the log")));
            };
            transaction = returned;
            if let Some(refused) = transaction.refused_write() {
                self.reach.refused(refused);
            }
            if answers.is_empty() && verdict == Verdict::Undo {
                transaction.roll_back();
                return answer(Ok(()));
            }
            answers.push(answer);
            if transaction.is_lost() {
                let lost = StoreError::Unavailable { source: "the connection was lost before the commit".into() };
                return answer_all(answers, &Err(lost));
            }
            if verdict == Verdict::Keep && transaction.has_failed() {
                // PostgreSQL would undo all of it, whatever is sent now.
                let failed = StoreError::failed("a write went on after a failure", "the transaction was undone");
                return answer_all(answers, &Err(failed));
            }
            end_one(&mut transaction, answers.len() - 1, verdict);
            // The lock of credentials is everybody's, and is let go by the commit.
            let is_full = answers.len() >= BATCH_MAX || transaction.holds_credentials();
            next = if is_full { None } else { self.next(scope) };
        }
        let committing = Instant::now();
        let outcome = self.commit(scope, transaction).await;
        match &outcome {
            Ok(()) => {
                self.counts.committed(answers.len(), committing.elapsed());
                self.reach.committed();
            }
            // What became of it is told with the requests that it was for.
            Err(StoreError::Uncertain { .. } | StoreError::Unavailable { .. }) => {}
            Err(error) => self.reach.refused(error),
        }
        answer_all(answers, &outcome);
    }

    /// Commits, and tells the other processes.
    async fn commit(&self, scope: Scope, mut transaction: Transaction) -> Result<(), StoreError> {
        let before = match scope {
            Scope::Organization(organization) => moment(organization),
            // Anything at all: a transaction that was undone unseen fails here, and not as a commit that is called good.
            Scope::Credentials => "select 1;".to_owned(),
        };
        match transaction.commit(&before).await {
            Committed::Done(answers) => {
                transaction.release();
                if let Scope::Organization(organization) = scope
                    && let Ok(reached) = moment_in(&answers)
                {
                    self.news.committed(organization, reached.sequence);
                }
                Ok(())
            }
            Committed::Undone(error) | Committed::Unknown(error) => Err(error),
        }
    }
}

/// Begins a transaction and takes the lock, before anything is read that a write depends on.
fn opening(scope: Scope) -> String {
    let scoped = scope.sql();
    match scope {
        Scope::Organization(organization) => {
            let id = organization.get();
            format!("begin isolation level read committed; {scoped} select 1 from sequences where organization_id = {id} for update;")
        }
        Scope::Credentials => format!("begin isolation level read committed; {scoped} select pg_advisory_xact_lock({CREDENTIALS_LOCK});"),
    }
}

/// A write may leave what belongs to no organization for one that it has made.
fn again(scope: Scope) -> String {
    if scope == Scope::Credentials { scope.sql() } else { String::new() }
}

/// The first write of a transaction is undone with it; each of the others has a savepoint of its own.
fn end_one(transaction: &mut Transaction, place: usize, verdict: Verdict) {
    match verdict {
        _ if place == 0 => {}
        Verdict::Keep => transaction.send_ahead(&format!("release savepoint {};", savepoint(place))),
        Verdict::Undo => transaction.roll_back_to(&savepoint(place)),
    }
}

/// Of the write at this place in its transaction. Each has a name of its own: were one never made, nobody is to go back to the one
/// before it.
fn savepoint(place: usize) -> String {
    format!("write_{place}")
}

/// A write that waits, whatever its result is.
trait Job: Send {
    /// Does the work. The connection is gone after a panic.
    fn run(self: Box<Self>, transaction: Transaction) -> BoxFuture<'static, (Option<Transaction>, Verdict, Answer)>;

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

/// `None`: it was none of PostgreSQL's that may write.
fn transaction_of(connection: Connection) -> Option<Transaction> {
    match connection {
        Connection::Postgres(connection) => match *connection {
            PostgresConnection::Transaction(transaction) => Some(transaction),
            PostgresConnection::Unit(_) => None,
        },
        Connection::Sqlite(_) => None,
    }
}

impl<F, T, E> Job for Write<F, T, E>
where
    F: FnOnce(Connection) -> BoxFuture<'static, (Connection, Result<T, E>)> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    fn run(self: Box<Self>, transaction: Transaction) -> BoxFuture<'static, (Option<Transaction>, Verdict, Answer)> {
        let Self { work, keep, answer, waiting } = *self;
        drop(waiting);
        let connection = Connection::from(PostgresConnection::Transaction(transaction));
        let running = AssertUnwindSafe(async move { work(connection).await }).catch_unwind();
        Box::pin(async move {
            let (transaction, result) = match running.await {
                Ok((connection, result)) => (transaction_of(connection), result),
                Err(_) => (None, Err(StoreError::failed("a write panicked", "its panic is in the log").into())),
            };
            let verdict = if result.as_ref().is_ok_and(keep) { Verdict::Keep } else { Verdict::Undo };
            let reply = move |committed: Result<(), StoreError>| {
                let outcome = result.and_then(|value| committed.map(|()| value).map_err(E::from));
                // Whoever asked may have gone; the change stands all the same.
                drop(answer.send(outcome));
            };
            (transaction, verdict, Box::new(reply) as Answer)
        })
    }

    fn refuse(self: Box<Self>, error: StoreError) {
        drop(self.answer.send(Err(error.into())));
    }
}

fn answer_all(answers: Vec<Answer>, outcome: &Result<(), StoreError>) {
    for answer in answers {
        answer(outcome.as_ref().copied().map_err(StoreError::told_again));
    }
}
