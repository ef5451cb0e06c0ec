//! What the database stands at, asked once for everybody who waits.
//!
//! Nearly every request asks it. While one question is under way the others gather, and the next question is theirs together:
//! so the database answers as often as it can in a row, however many ask, and nobody is answered by a question that was put
//! before they came.
//!
//! It goes down a connection of its own, which is the role of credentials all the time: one statement is one moment, and needs
//! no transaction around it.

use super::PostgresRow;
use super::failing::{failed, no_connection};
use super::line;
use super::reach::Reach;
use crate::domain::OrganizationId;
use crate::store::backend::BackendRow;
use crate::store::error::StoreError;
use crate::store::sql::Row;
use crate::store::standing::{CredentialsMoment, OrganizationMoment, Standing, credentials_moment, organization_moment};
use deadpool_postgres::{ClientWrapper, Object, Pool};
use std::collections::{BTreeSet, HashMap};
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;

/// Who is answered together at most.
const TOGETHER_MAX: usize = 4096;

/// The state of credentials, beside no organization; and of each organization that is asked for.
const STATES: &str = "select null::bigint, sequence, word from credential_changes
    union all
    select organization_id, sequence, changed_at from sequences where organization_id = any($1)";

/// The way to ask.
pub(super) struct Standings {
    questions: mpsc::UnboundedSender<Question>,
    asker: AbortHandle,
}

impl Drop for Standings {
    fn drop(&mut self) {
        self.asker.abort();
    }
}

impl Standings {
    /// Makes its connection when it is first asked.
    pub(super) fn start(pool: Pool, reach: Reach) -> Self {
        Self::of(Database { pool, reach, client: None })
    }

    fn of(source: impl Source) -> Self {
        let (questions, waiting) = mpsc::unbounded_channel();
        Self { questions, asker: tokio::spawn(serve(waiting, source)).abort_handle() }
    }

    /// What credentials and these organizations stand at, after this was asked.
    pub(super) async fn standing(&self, organizations: &[OrganizationId]) -> Result<Standing, StoreError> {
        let (answer, answered) = oneshot::channel();
        let lost = || StoreError::failed("could not ask what the database stands at", "nobody asks any more");
        self.questions.send(Question { organizations: organizations.to_vec(), answer }).map_err(|_| lost())?;
        answered.await.map_err(|_| lost())?
    }
}

struct Question {
    organizations: Vec<OrganizationId>,
    answer: oneshot::Sender<Result<Standing, StoreError>>,
}

/// The states of credentials and of organizations, at one moment.
struct States {
    credentials: CredentialsMoment,
    organizations: HashMap<OrganizationId, OrganizationMoment>,
}

impl States {
    fn of(&self, organizations: &[OrganizationId]) -> Standing {
        let found = organizations.iter().filter_map(|id| self.organizations.get(id).map(|moment| (*id, *moment)));
        Standing::new(self.credentials, found.collect())
    }
}

/// Who is asked.
trait Source: Send + 'static {
    fn ask(&mut self, organizations: Vec<i64>) -> impl Future<Output = Result<States, StoreError>> + Send;
}

/// Asks for all who wait, again and again.
async fn serve(mut waiting: mpsc::UnboundedReceiver<Question>, mut source: impl Source) {
    let mut together = Vec::new();
    while waiting.recv_many(&mut together, TOGETHER_MAX).await > 0 {
        let organizations: BTreeSet<i64> = together.iter().flat_map(|question| &question.organizations).map(|id| id.get()).collect();
        let states = source.ask(organizations.into_iter().collect()).await;
        for Question { organizations, answer } in together.drain(..) {
            // Whoever asked may have gone.
            drop(answer.send(states.as_ref().map(|states| states.of(&organizations)).map_err(StoreError::told_again)));
        }
    }
}

/// The database, down a connection that was taken out of the pool.
struct Database {
    pool: Pool,
    reach: Reach,
    client: Option<ClientWrapper>,
}

impl Source for Database {
    /// A connection that was lost since the last question is not the end of this one.
    async fn ask(&mut self, organizations: Vec<i64>) -> Result<States, StoreError> {
        match self.ask_once(&organizations).await {
            Err(StoreError::Unavailable { .. }) => self.ask_once(&organizations).await,
            answer => answer,
        }
    }
}

impl Database {
    async fn ask_once(&mut self, organizations: &Vec<i64>) -> Result<States, StoreError> {
        let client = self.client().await?;
        let answer = async {
            let statement = line::prepared(client, STATES).await?;
            client.query(&statement, &[organizations]).await
        };
        match answer.await {
            Ok(rows) => states(&rows),
            Err(error) => {
                // Whatever it was, the next question goes down another connection.
                self.client = None;
                Err(failed("could not ask what the database stands at", error))
            }
        }
    }

    async fn client(&mut self) -> Result<&ClientWrapper, StoreError> {
        if self.client.as_ref().is_none_or(|client| client.is_closed()) {
            let client = Object::take(self.reach.noted(self.pool.get().await.map_err(no_connection))?);
            let became = client.batch_execute("set role rollcall_credentials").await;
            became.map_err(|error| failed("could not become the role of credentials", error))?;
            self.client = Some(client);
        }
        self.client.as_ref().ok_or_else(|| StoreError::failed("could not use a connection", "it is not there"))
    }
}

fn states(rows: &[PostgresRow]) -> Result<States, StoreError> {
    let (mut credentials, mut organizations) = (None, HashMap::with_capacity(rows.len()));
    for row in rows {
        let row = Row(BackendRow::Postgres(row));
        match row.optional_integer(0)? {
            None => credentials = Some(credentials_moment(&row, 1)?),
            Some(id) => drop(organizations.insert(OrganizationId::new(id), organization_moment(&row, 1)?)),
        }
    }
    let credentials = credentials.ok_or(StoreError::Unreadable { what: "sequence of credentials" })?;
    Ok(States { credentials, organizations })
}

#[cfg(test)]
mod tests;
