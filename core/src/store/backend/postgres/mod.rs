//! PostgreSQL: any number of processes on one database.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`address`], [`parts`] | which database: what a URL may say |
//! | [`connector`] | the connections to it |
//! | [`tls`], [`certificate`] | what nobody else may read, and who the server is |
//! | [`connection`] | a transaction: what a statement runs in |
//! | [`line`] | one connection: prepared statements, parameters, rows |
//! | [`shared`] | connections that short reads share, without waiting for one another |
//! | [`units`] | what is asked on them, put together |
//! | [`standing`] | what the database stands at, asked once for everybody who waits |
//! | [`writers`] | group commit for each organization, across processes |
//! | [`replicas`] | databases that follow this one and take long reads off it |
//! | [`news`] | what was committed, told to the other processes |
//! | [`reach`] | what the log says while the database is away |
//! | [`starting`] | opening: waiting for the database, its version, its schema |
//! | [`failing`] | what a failure means |

mod address;
mod certificate;
mod connection;
mod connector;
mod failing;
mod line;
mod news;
mod parts;
mod reach;
mod replicas;
mod shared;
mod standing;
mod starting;
mod tls;
mod units;
mod values;
mod writers;

pub use address::PostgresAddress;
pub(crate) use connection::PostgresConnection;
pub use parts::InvalidPostgresUrl;
pub(super) use values::{PostgresRow, boolean, bytes, integer, real, text};

use super::{Connection, Effort};
use crate::domain::OrganizationId;
use crate::store::DatabaseOptions;
use crate::store::backend::vitals::Vitals;
use crate::store::error::StoreError;
use crate::store::ranks::{Ranks, RanksWithin};
use crate::store::sql::Value;
use crate::store::standing::Standing;
use crate::store::transaction::{ReadTransaction, SystemTransaction, Work, WriteTransaction};
use connection::{Scope, Transaction};
use connector::Connector;
use deadpool_postgres::{Object, Pool};
use failing::no_connection;
use news::News;
use reach::Reach;
use replicas::Replicas;
use shared::{Moment, SharedLine, SharedLines, Unit};
use standing::Standings;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use writers::Writers;

/// What every serving connection begins with. The role sees nothing before a transaction says whose it is.
const SET_UP: &str = "set role rollcall_tenant; set jit = off; set lock_timeout = '10s';
    set idle_in_transaction_session_timeout = '60s';
    select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'";

/// How long the database may take to say that it is ready.
const READY_TIME: Duration = Duration::from_secs(2);

/// An open PostgreSQL database.
pub(crate) struct Postgres {
    pool: Pool,
    lines: SharedLines,
    standings: Standings,
    /// As many long reads at once, so that they leave connections to who writes.
    long_reads: Semaphore,
    reach: Reach,
    replicas: Replicas,
    writers: Writers,
    news: News,
    ranks: Ranks,
    is_new: bool,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.news.stop();
        self.replicas.close();
        self.pool.close();
    }
}

impl Postgres {
    /// Waits for the database, brings its schema up to date, and gets ready to serve.
    pub(super) async fn open(
        address: &PostgresAddress,
        replicas: &[&PostgresAddress],
        options: &DatabaseOptions,
    ) -> Result<Self, StoreError> {
        let (connector, set_up) = (Connector::new(address)?, set_up(options));
        let replicas = Replicas::new(replicas, options.connections, &set_up)?;
        let is_new = starting::prepare(&connector, options.start_wait).await?;
        let pool = connector.pool(options.connections, &set_up)?;
        let ranks = Ranks::default();
        let news = News::new(connector, ranks.clone());
        let reach = Reach::default();
        Ok(Self {
            replicas,
            writers: Writers::new(pool.clone(), news.clone(), reach.clone()),
            lines: SharedLines::default(),
            standings: Standings::start(pool.clone(), reach.clone()),
            long_reads: Semaphore::new((options.connections / 2).max(1)),
            reach,
            pool,
            news,
            ranks,
            is_new,
        })
    }

    pub(super) const fn ranks(&self) -> &Ranks {
        &self.ranks
    }

    /// The files are PostgreSQL's own, which has exporters of its own.
    pub(super) fn vitals(&self) -> Vitals {
        let status = self.pool.status();
        let (connections, free) = (status.size as u64, status.available as u64);
        Vitals { connections, connections_in_use: connections.saturating_sub(free), ..self.writers.counts().vitals() }
    }

    pub(super) const fn is_new(&self) -> bool {
        self.is_new
    }

    /// Reads of one organization: short ones down the shared line, others in a transaction of their own.
    pub(super) async fn read<T, E, F>(&self, organization: OrganizationId, effort: Effort, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut ReadTransaction) -> Work<'a, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let scope = Scope::Organization(organization);
        if effort == Effort::Short {
            let unit = Unit::new(self.line().await?, scope);
            let (connection, result) = read_in(PostgresConnection::Unit(unit), organization, self.ranks.within(effort), work.clone()).await;
            if !must_repeat(&connection) {
                return result;
            }
        }
        // What others commit tells how far what is remembered is behind.
        self.news.listen();
        if effort == Effort::Long
            && let Some(replica) = self.replicas.next()
            && let Some(result) =
                replica.read((organization, self.ranks.within(effort)), self.moment(organization).await?, work.clone()).await
        {
            return result;
        }
        // A short one that is done again is short still.
        let is_long = effort == Effort::Long;
        let _permit = if is_long { Some(self.long_reads.acquire().await.map_err(|_| StoreError::Busy)?) } else { None };
        let transaction = Transaction::new(self.connection().await?, snapshot(scope));
        let (connection, result) =
            read_in(PostgresConnection::Transaction(transaction), organization, self.ranks.within(effort), work).await;
        roll_back(connection);
        result
    }

    /// Reads of what belongs to no organization. Each statement is of a moment of its own.
    pub(super) async fn read_system<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, T, E> + Send + 'static,
        E: From<StoreError>,
    {
        let unit = Unit::new(self.line().await?, Scope::Credentials);
        let mut transaction = SystemTransaction::new(Connection::from(PostgresConnection::Unit(unit)));
        work(&mut transaction).await
    }

    /// What credentials and these organizations stand at.
    pub(super) async fn standing(&self, organizations: &[OrganizationId]) -> Result<Standing, StoreError> {
        self.standings.standing(organizations).await
    }

    pub(super) async fn write<T, E, F>(&self, organization: OrganizationId, keep: fn(&T) -> bool, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut WriteTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let in_transaction = move |connection| {
            Box::pin(async move {
                let mut transaction = WriteTransaction::new(connection, organization);
                let result = transaction.run(keep, work).await;
                (transaction.into_connection(), result)
            }) as _
        };
        self.writers.run(Scope::Organization(organization), keep, in_transaction).await
    }

    pub(super) async fn write_first<T, E, F, G>(&self, first: F, rest: G) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, OrganizationId, E> + Send + 'static,
        G: for<'a> FnOnce(&'a mut WriteTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let in_transaction = move |connection| {
            Box::pin(async move {
                let mut transaction = SystemTransaction::new(connection);
                let made = first(&mut transaction).await;
                let mut connection = transaction.into_connection();
                let organization = match made {
                    Ok(organization) => organization,
                    Err(error) => return (connection, Err(error)),
                };
                if let Connection::Postgres(connection) = &mut connection {
                    connection.send_ahead(&Scope::Organization(organization).sql());
                }
                let mut transaction = WriteTransaction::new(connection, organization);
                let result = transaction.run(|_| true, rest).await;
                (transaction.into_connection(), result)
            }) as _
        };
        self.writers.run(Scope::Credentials, |_| true, in_transaction).await
    }

    pub(super) async fn write_system<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let in_transaction = move |connection| {
            Box::pin(async move {
                let mut transaction = SystemTransaction::new(connection);
                let result = work(&mut transaction).await;
                (transaction.into_connection(), result)
            }) as _
        };
        self.writers.run(Scope::Credentials, |_| true, in_transaction).await
    }

    /// What an organization is at now.
    async fn moment(&self, organization: OrganizationId) -> Result<Moment, StoreError> {
        let unit = Unit::new(self.line().await?, Scope::Organization(organization));
        let connection = Connection::from(PostgresConnection::Unit(unit));
        let mut transaction = ReadTransaction::new(connection, organization, self.ranks.within(Effort::Short));
        let (sequence, changed_at) = transaction.sequence().await?;
        Ok(Moment { sequence, changed_at: changed_at.milliseconds() })
    }

    async fn line(&self) -> Result<Arc<SharedLine>, StoreError> {
        self.lines.next(self.connection()).await
    }

    async fn connection(&self) -> Result<Object, StoreError> {
        self.reach.noted(self.pool.get().await.map_err(no_connection))
    }

    /// Whether the database answers, and takes writes.
    pub(super) async fn is_ready(&self) -> Result<(), StoreError> {
        let asking = async {
            self.read_system(|tx| Box::pin(tx.reach())).await?;
            // Every unit only reads, so it says what others would begin with.
            let sql = "select pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean";
            let mut only_reads = false;
            let note = |row: &crate::store::sql::Row<'_>| {
                only_reads = row.boolean(0)?;
                Ok(ControlFlow::Continue(()))
            };
            Unit::new(self.line().await?, Scope::Credentials).for_each(sql, &[], note).await?;
            if only_reads { Err(failing::only_reads()) } else { Ok(()) }
        };
        let late = |_| Err(StoreError::Unavailable { source: format!("it has not answered within {READY_TIME:?}").into() });
        tokio::time::timeout(READY_TIME, asking).await.unwrap_or_else(late)
    }
}

fn set_up(options: &DatabaseOptions) -> String {
    // Said even where there is no limit: the role may have one of its own.
    format!("{SET_UP}; set statement_timeout = {}", options.statement_timeout.map_or(0, |limit| limit.as_millis()))
}

async fn read_in<T, E, F>(
    connection: PostgresConnection,
    organization: OrganizationId,
    ranks: RanksWithin,
    work: F,
) -> (PostgresConnection, Result<T, E>)
where
    F: for<'a> FnOnce(&'a mut ReadTransaction) -> Work<'a, T, E>,
{
    let mut transaction = ReadTransaction::new(connection.into(), organization, ranks);
    let result = work(&mut transaction).await;
    let Connection::Postgres(connection) = transaction.into_connection() else { unreachable!("it was one of PostgreSQL") };
    (*connection, result)
}

const fn must_repeat(connection: &PostgresConnection) -> bool {
    matches!(connection, PostgresConnection::Unit(unit) if unit.must_repeat())
}

fn roll_back(connection: PostgresConnection) {
    if let PostgresConnection::Transaction(transaction) = connection {
        transaction.roll_back();
    }
}

/// One moment for the whole transaction.
fn snapshot(scope: Scope) -> String {
    format!("begin isolation level repeatable read read only; {}", scope.sql())
}

/// A connection to the whole database, whose schema is yet to be brought up to date.
pub(super) async fn connect(address: &PostgresAddress, options: &DatabaseOptions) -> Result<Connection, StoreError> {
    starting::connect(&Connector::new(address)?, options.start_wait).await
}

/// Text inside a folded column, by the trigram index: see the function in the migrations.
pub(super) fn holds_text(table: &str, column: &str, pattern: &str, parameter: usize) -> (String, Value) {
    (format!("number in (select {table}_like('{column}', ${parameter}))"), Value::Text(pattern.to_owned()))
}
