//! A transaction on a connection of PostgreSQL.
//!
//! What need not be answered by itself (`begin`, a savepoint, the organization of the transaction) is kept *ahead* and goes out
//! together with the next statement: one round trip for both.

use super::failing::{failed, is_undone, refused_write};
use super::line::{self, Ended};
use super::shared::Unit;
use crate::domain::OrganizationId;
use crate::store::backend::Access;
use crate::store::error::StoreError;
use crate::store::sql::{Row, Value};
use deadpool_postgres::{ClientWrapper, Object};
use futures_util::FutureExt;
use futures_util::future::join;
use std::ops::ControlFlow;
use tokio_postgres::{Error, SimpleQueryMessage};

/// The lock of what belongs to no organization, and the one under which the schema is brought up to date; any two numbers that
/// nobody else uses.
pub(super) const CREDENTIALS_LOCK: i64 = 0x726f_6c6c_6361_6c6c;
const MIGRATION_LOCK: i64 = 0x726f_6c6c_6d69_6772;

/// How many rows a walk fetches at first, and then; more than it reads are read in vain.
const ROWS_AT_FIRST: usize = 100;
const ROWS_THEN: usize = 2000;

/// Whom a transaction serves, as the database sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// One organization, and nothing else.
    Organization(OrganizationId),
    /// What belongs to none: credentials, identities, the list of organizations.
    Credentials,
}

impl Scope {
    /// The statements that put a transaction under the scope.
    pub(super) fn sql(self) -> String {
        match self {
            Self::Organization(id) => {
                format!("set local role rollcall_tenant; select set_config('rollcall.organization', '{id}', true);", id = id.get())
            }
            Self::Credentials => "set local role rollcall_credentials;".to_owned(),
        }
    }
}

/// A connection in a transaction, or about to begin one.
#[expect(clippy::large_enum_variant, reason = "there is one for each request at work, and it is moved twice")]
pub(crate) enum PostgresConnection {
    Transaction(Transaction),
    Unit(Unit),
}

impl PostgresConnection {
    pub(in crate::store::backend) async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        match self {
            Self::Transaction(transaction) => transaction.execute(sql, values).await,
            Self::Unit(_) => Err(only_reads()),
        }
    }

    pub(in crate::store::backend) async fn for_each(
        &mut self,
        sql: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        match self {
            Self::Transaction(transaction) => transaction.for_each(sql, values, read).await,
            Self::Unit(unit) => unit.for_each(sql, values, read).await,
        }
    }

    pub(in crate::store::backend) async fn for_each_of(
        &mut self,
        sql: &str,
        sets: &[Vec<Value>],
        read: impl FnMut(usize, &Row<'_>) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        if sets.is_empty() {
            return Ok(());
        }
        match self {
            Self::Transaction(transaction) => transaction.for_each_of(sql, sets, read).await,
            Self::Unit(unit) => unit.for_each_of(sql, sets, read).await,
        }
    }

    pub(in crate::store::backend) async fn execute_of(&mut self, sql: &str, sets: &[Vec<Value>]) -> Result<u64, StoreError> {
        match self {
            Self::Transaction(transaction) => transaction.execute_of(sql, sets).await,
            Self::Unit(_) => Err(only_reads()),
        }
    }

    pub(in crate::store::backend) async fn walk(
        &mut self,
        sql: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        match self {
            Self::Transaction(transaction) => transaction.walk(sql, values, read).await,
            // Short, or it would not be here.
            Self::Unit(unit) => unit.for_each(sql, values, read).await,
        }
    }

    /// Statements without parameters or rows.
    pub(in crate::store::backend) async fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Transaction(transaction) => transaction.script(sql).await,
            Self::Unit(_) => Err(StoreError::failed("could not run a batch of statements", "a shared connection only reads")),
        }
    }

    /// Sends statements with the next one. Those of a shared connection have their scope already.
    pub(in crate::store::backend) fn send_ahead(&mut self, sql: &str) {
        if let Self::Transaction(transaction) = self {
            transaction.send_ahead(sql);
        }
    }
}

fn only_reads() -> StoreError {
    StoreError::failed("could not execute a statement", "a shared connection only reads")
}

/// A connection that nobody else uses meanwhile.
pub(crate) struct Transaction {
    /// `None` once it was given back.
    client: Option<Object>,
    ahead: String,
    /// Whether anything was sent, so that there is something to end.
    has_begun: bool,
    /// Whether a statement has failed, after which PostgreSQL takes no other before a rollback.
    has_failed: bool,
    holds_credentials: bool,
    /// Why the database takes no writes, once it has said so.
    refused_write: Option<StoreError>,
}

impl Transaction {
    /// A transaction that begins with its first statement, after these.
    pub(super) fn new(client: Object, opening: String) -> Self {
        Self { client: Some(client), ahead: opening, has_begun: false, has_failed: false, holds_credentials: false, refused_write: None }
    }

    fn client(&self) -> Result<&ClientWrapper, StoreError> {
        let client = self.client.as_ref().ok_or_else(|| StoreError::failed("could not use a connection", "it was given back"))?;
        Ok(client)
    }

    pub(super) fn send_ahead(&mut self, sql: &str) {
        self.ahead.push_str(sql);
    }

    /// Whether the connection is gone, and with it what was not committed.
    pub(super) fn is_lost(&self) -> bool {
        self.client.as_ref().is_none_or(|client| client.is_closed())
    }

    pub(super) const fn has_failed(&self) -> bool {
        self.has_failed
    }

    /// Whether it has taken the lock of what belongs to no organization, beside its own.
    pub(super) const fn holds_credentials(&self) -> bool {
        self.holds_credentials
    }

    pub(super) const fn refused_write(&self) -> Option<&StoreError> {
        self.refused_write.as_ref()
    }

    async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let ahead = self.begun();
        let client = self.client()?;
        let answer = after(client, &ahead, line::execute(client, sql, values)).await;
        self.noted(answer).map_err(|error| failed("could not execute a statement", error))
    }

    async fn execute_of(&mut self, sql: &str, sets: &[Vec<Value>]) -> Result<u64, StoreError> {
        let ahead = self.begun();
        let client = self.client()?;
        let answer = after(client, &ahead, line::execute_of(client, sql, sets)).await;
        self.noted(answer).map_err(|error| failed("could not execute a statement", error))
    }

    async fn for_each(
        &mut self,
        sql: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        let ahead = self.begun();
        let client = self.client()?;
        let reading = async {
            let statement = line::prepared(client, sql).await?;
            line::read_rows(client, &statement, values, read).await
        };
        let answer = after(client, &ahead, reading).await;
        self.read(answer)
    }

    async fn for_each_of(
        &mut self,
        sql: &str,
        sets: &[Vec<Value>],
        read: impl FnMut(usize, &Row<'_>) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        let ahead = self.begun();
        let client = self.client()?;
        let reading = async {
            let statement = line::prepared(client, sql).await?;
            line::read_rows_of(client, &statement, sets, read).await
        };
        let answer = after(client, &ahead, reading).await;
        self.read(answer)
    }

    /// By a cursor, some rows at a time.
    async fn walk(
        &mut self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        let mut has_stopped = false;
        self.execute(&format!("declare walk no scroll cursor for {sql}"), values).await?;
        for rows in std::iter::once(ROWS_AT_FIRST).chain(std::iter::repeat(ROWS_THEN)) {
            let mut count = 0;
            let counted = |row: &Row<'_>| {
                count += 1;
                let flow = read(row)?;
                has_stopped |= flow.is_break();
                Ok(flow)
            };
            self.for_each(&format!("fetch {rows} from walk"), &[], counted).await?;
            if has_stopped || count < rows {
                break;
            }
        }
        self.send_ahead("close walk;");
        Ok(())
    }

    pub(super) async fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.conversation(sql).await.map(drop).map_err(|error| failed("could not run a batch of statements", error))
    }

    /// Statements without parameters, and what they answer.
    pub(super) async fn conversation(&mut self, sql: &str) -> Result<Vec<SimpleQueryMessage>, Error> {
        let mut text = self.begun();
        text.push_str(sql);
        let Ok(client) = self.client() else { return Ok(Vec::new()) };
        let answer = client.simple_query(&text).await;
        self.noted(answer)
    }

    fn noted<T>(&mut self, answer: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &answer {
            self.note(error);
        }
        answer
    }

    /// How reading rows ended.
    fn read(&mut self, answer: Result<(), Ended>) -> Result<(), StoreError> {
        if let Err(Ended::Failed(error)) = &answer {
            self.note(error);
        }
        answer.map_err(|ended| ended.into_store("could not read rows"))
    }

    fn note(&mut self, error: &Error) {
        self.has_failed = true;
        if let Some(client) = &self.client {
            line::let_go_of_outdated(client, error);
        }
        if self.refused_write.is_none() {
            self.refused_write = refused_write("could not write", error);
        }
    }

    /// What goes ahead of the statement that is sent now.
    fn begun(&mut self) -> String {
        self.has_begun = true;
        std::mem::take(&mut self.ahead)
    }

    /// Undoes what came after a savepoint, ahead of the next statement.
    pub(super) fn roll_back_to(&mut self, savepoint: &str) {
        if std::mem::take(&mut self.has_failed) {
            // What would have come next is not taken any more. The savepoint has been sent, or nothing could have failed.
            self.ahead.clear();
        }
        self.send_ahead(&format!("rollback to savepoint {savepoint}; release savepoint {savepoint};"));
    }

    /// Ends a transaction of which nothing is to be kept. Nobody waits for the answer: what is sent down the connection next
    /// comes after it.
    pub(super) fn roll_back(mut self) {
        if self.refused_write.is_some() {
            // Dropped with its connection: the next one may lead to where writes are taken now.
            return;
        }
        if let Some(client) = self.client.take()
            && self.has_begun
        {
            // Sent by being asked once; the connection reads the answer and drops it.
            drop(client.batch_execute("rollback").now_or_never());
        }
    }

    /// Gives back the connection of a transaction that has committed.
    pub(super) fn release(mut self) {
        drop(self.client.take());
    }
}

/// A transaction that was neither ended nor committed is undone with its connection.
impl Drop for Transaction {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            drop(Object::take(client));
        }
    }
}

/// Sends `ahead` and, without waiting for its answer, the work. When both fail, the first is the reason.
async fn after<T, E: From<Error>>(client: &ClientWrapper, ahead: &str, work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    if ahead.is_empty() {
        return work.await;
    }
    // `join` asks them in their order, so they are sent in it.
    let (sent, answer) = join(client.batch_execute(ahead), work).await;
    sent?;
    answer
}

/// How a commit ended.
pub(super) enum Committed {
    /// With the answers to the statements before it.
    Done(Vec<SimpleQueryMessage>),
    /// Nothing of it was kept.
    Undone(StoreError),
    /// The connection was lost meanwhile.
    Unknown(StoreError),
}

impl Transaction {
    /// Commits, after these statements.
    pub(super) async fn commit(&mut self, before: &str) -> Committed {
        if self.has_failed {
            // PostgreSQL would answer such a commit with a rollback, and call it good.
            return Committed::Undone(StoreError::failed("a write went on after a failure", "the transaction was undone"));
        }
        match self.conversation(&format!("{before} commit")).await {
            Ok(answers) => Committed::Done(answers),
            Err(error) if is_undone(&error) => Committed::Undone(failed("could not commit", error)),
            Err(error) => Committed::Unknown(StoreError::Uncertain { source: error.into() }),
        }
    }
}

impl PostgresConnection {
    /// From here on the statements are about what belongs to no organization, under its lock.
    pub(in crate::store::backend) fn enter_credentials(&mut self) {
        if let Self::Transaction(transaction) = self {
            transaction.holds_credentials = true;
        }
        self.send_ahead(&format!("{} select pg_advisory_xact_lock({CREDENTIALS_LOCK});", Scope::Credentials.sql()));
    }

    pub(in crate::store::backend) fn leave_credentials(&mut self) {
        // After a failure nothing is taken but a rollback, which brings the role back too.
        if !matches!(self, Self::Transaction(transaction) if transaction.has_failed) {
            self.send_ahead("set local role rollcall_tenant;");
        }
    }

    /// Begins a transaction over everything that there is, as the role that copies a database whole.
    pub(in crate::store::backend) async fn begin_whole(&mut self, access: Access) -> Result<(), StoreError> {
        let begin = match access {
            Access::Read => "begin isolation level repeatable read read only",
            Access::Write => "begin isolation level read committed",
        };
        self.script(&format!("{begin}; set local role rollcall_copier")).await
    }

    /// Begins a transaction that no other process writes the schema beside.
    pub(in crate::store::backend) async fn begin_alone(&mut self) -> Result<(), StoreError> {
        // Whatever the database's default is: what another process has done is to be seen once the lock is given.
        self.script(&format!("begin isolation level read committed; select pg_advisory_xact_lock({MIGRATION_LOCK})")).await
    }

    /// Indexes that the database itself knows to be broken.
    pub(in crate::store::backend) async fn faults(&mut self) -> Result<Vec<String>, StoreError> {
        let sql = "select pg_class.relname::text from pg_index join pg_class on pg_class.oid = pg_index.indexrelid
            where not pg_index.indisvalid and pg_class.relnamespace = current_schema()::regnamespace";
        let mut faults = Vec::new();
        let note = |row: &Row<'_>| {
            faults.push(format!("the index {} is not valid", row.text(0)?));
            Ok(ControlFlow::Continue(()))
        };
        self.for_each(sql, &[], note).await?;
        Ok(faults)
    }

    /// How the database means to answer a statement, whatever its values are.
    #[cfg(test)]
    pub(in crate::store::backend) async fn plan(&mut self, sql: &str) -> Result<Vec<String>, StoreError> {
        let Self::Transaction(transaction) = self else {
            return Err(StoreError::failed("could not read a plan", "a shared connection only reads"));
        };
        let parameters =
            line::prepared(transaction.client()?, sql).await.map_err(|error| failed("could not read a plan", error))?.params().len();
        self.script(&format!("set local plan_cache_mode = force_generic_plan; prepare planned as {sql}")).await?;
        let values = vec!["null"; parameters].join(", ");
        let mut steps = Vec::new();
        let note = |row: &Row<'_>| {
            steps.push(row.text(0)?.to_owned());
            Ok(ControlFlow::Continue(()))
        };
        self.for_each(&format!("explain (costs off) execute planned ({values})"), &[], note).await?;
        self.script("deallocate planned").await?;
        Ok(steps)
    }
}
