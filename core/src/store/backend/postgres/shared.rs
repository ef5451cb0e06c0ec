//! A connection that many short reads share, none waiting for another's answer.
//!
//! Statements go down it in *units*: begin, the organization, the organization's sequence, the statements of everybody who asks
//! about that organization at the moment, commit, put on the connection together; so the whole costs one round trip. While one
//! round of units is under way the others gather for the next. A read of several statements is in several units. They are of one
//! moment if the sequence was the same in all: everything that belongs to an organization moves it. Where it has moved, the
//! read is run again in a transaction of its own.

use super::connection::Scope;
use super::units::{self, Answer, Question, Refusal};
use super::{PostgresRow, line};
use crate::domain::OrganizationId;
use crate::store::backend::BackendRow;
use crate::store::error::StoreError;
use crate::store::sql::{Row, Value};
use deadpool_postgres::{ClientWrapper, Object};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};
use tokio::task::AbortHandle;
use tokio_postgres::error::{DbError, SqlState};
use tokio_postgres::{Error, SimpleQueryMessage, SimpleQueryRow};

/// How many connections short reads share. A second one goes on while an answer on the first is long.
const LINES: usize = 2;

/// A connection, and the way to ask on it.
pub(super) struct SharedLine {
    client: Arc<ClientWrapper>,
    questions: mpsc::UnboundedSender<Question>,
    asker: AbortHandle,
}

impl Drop for SharedLine {
    fn drop(&mut self) {
        self.asker.abort();
    }
}

impl SharedLine {
    fn start(client: ClientWrapper) -> Self {
        let client = Arc::new(client);
        let (questions, waiting) = mpsc::unbounded_channel();
        let asker = tokio::spawn(units::serve(Arc::clone(&client), waiting)).abort_handle();
        Self { client, questions, asker }
    }

    fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// The rows of a statement for each set of values.
    async fn ask(&self, scope: Scope, sql: &str, sets: Vec<Vec<Value>>) -> Result<Answer, Refusal> {
        let (answer, answered) = oneshot::channel();
        let lost = || Refusal { error: StoreError::Unavailable { source: "the connection is closed".into() }, may_pass: true };
        self.questions.send(Question { scope, sql: sql.to_owned(), sets, answer }).map_err(|_| lost())?;
        answered.await.map_err(|_| lost())?
    }
}

/// The lines of one database; each is made when it is first needed, and anew when it was lost.
#[derive(Default)]
pub(super) struct SharedLines {
    lines: [AsyncMutex<Place>; LINES],
    turn: AtomicUsize,
}

/// Where one of the lines is.
#[derive(Default)]
struct Place {
    line: Option<Arc<SharedLine>>,
    /// When it could last not be made, and why.
    failure: Option<(Instant, StoreError)>,
}

impl SharedLines {
    /// The first line while nobody else is on it, so that who is alone needs no other; else each in turn.
    fn choice(&self) -> usize {
        let is_alone = |place: &Place| place.line.as_ref().is_none_or(|line| Arc::strong_count(line) == 1);
        if self.lines[0].try_lock().is_ok_and(|place| is_alone(&place)) {
            return 0;
        }
        self.turn.fetch_add(1, Ordering::Relaxed) % LINES
    }

    /// `connection` gets one of the pool.
    pub(super) async fn next(&self, connection: impl Future<Output = Result<Object, StoreError>>) -> Result<Arc<SharedLine>, StoreError> {
        let asked = Instant::now();
        let mut place = self.lines[self.choice()].lock().await;
        if let Some(line) = place.line.as_ref().filter(|line| !line.is_closed()) {
            return Ok(Arc::clone(line));
        }
        // Whoever waited while another tried in vain has waited as long.
        if let Some((_, failure)) = place.failure.as_ref().filter(|(at, _)| *at > asked) {
            return Err(failure.told_again());
        }
        match connection.await {
            Ok(client) => {
                // Out of the pool for good, which makes itself another.
                let line = Arc::new(SharedLine::start(Object::take(client)));
                place.line = Some(Arc::clone(&line));
                Ok(line)
            }
            Err(error) => {
                place.failure = Some((Instant::now(), error.told_again()));
                Err(error)
            }
        }
    }
}

/// A read by units.
pub(crate) struct Unit {
    line: Arc<SharedLine>,
    scope: Scope,
    /// That of the first unit.
    moment: Option<Moment>,
    /// Whether the read is to be run again: it saw two moments, or the connection is gone.
    must_repeat: bool,
}

impl Unit {
    pub(super) const fn new(line: Arc<SharedLine>, scope: Scope) -> Self {
        Self { line, scope, moment: None, must_repeat: false }
    }

    pub(super) const fn must_repeat(&self) -> bool {
        self.must_repeat
    }

    pub(super) async fn for_each(
        &mut self,
        sql: &str,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        for row in self.rows(sql, vec![values.to_vec()]).await?.iter().flatten() {
            if read(&Row(BackendRow::Postgres(row)))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    pub(super) async fn for_each_of(
        &mut self,
        sql: &str,
        sets: &[Vec<Value>],
        mut read: impl FnMut(usize, &Row<'_>) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        for (place, rows) in self.rows(sql, sets.to_vec()).await?.iter().enumerate() {
            for row in rows {
                read(place, &Row(BackendRow::Postgres(row)))?;
            }
        }
        Ok(())
    }

    /// The rows, if the unit that they were read in was answered, and of the same moment as those before it.
    async fn rows(&mut self, sql: &str, sets: Vec<Vec<Value>>) -> Result<Vec<Vec<PostgresRow>>, StoreError> {
        let answer = self.line.ask(self.scope, sql, sets).await.map_err(|refusal| {
            self.must_repeat |= refusal.may_pass;
            refusal.error
        })?;
        let Some(moment) = answer.moment else { return Ok(answer.rows) };
        if *self.moment.get_or_insert(moment) == moment {
            return Ok(answer.rows);
        }
        self.must_repeat = true;
        // Whoever reads stops here, and what it answers is not looked at.
        Err(StoreError::Busy)
    }
}

/// Whether the connection is gone, or somebody else's trouble on it, and not what was asked, may be the reason.
pub(super) fn is_lost(error: &Error) -> bool {
    let passes = |told: &DbError| told.code().code().starts_with("57P") || told.code() == &SqlState::IN_FAILED_SQL_TRANSACTION;
    // The words are for nobody.
    error.is_closed() || line::is_outdated(error) || error.as_db_error().is_none_or(passes)
}

/// One moment for the whole unit, and for an organization its sequence then.
pub(super) fn opening(scope: Scope) -> String {
    let scoped = scope.sql();
    match scope {
        Scope::Organization(organization) => {
            format!("begin isolation level repeatable read read only; {scoped} {}", moment(organization))
        }
        Scope::Credentials => format!("begin isolation level repeatable read read only; {scoped}"),
    }
}

/// A state of an organization. Two that have the same sequence and were made at another time are of two histories, as a
/// standby may have one that was never promoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) sequence: i64,
    /// Milliseconds since 1970.
    pub(super) changed_at: i64,
}

/// The statement that answers with the moment.
pub(super) fn moment(organization: OrganizationId) -> String {
    format!("select sequence, changed_at from sequences where organization_id = {};", organization.get())
}

/// What [`moment`] answered, among what other statements did.
pub(super) fn moment_in(answers: &[SimpleQueryMessage]) -> Result<Moment, StoreError> {
    let number = |row: &SimpleQueryRow, column| row.try_get(column).ok().flatten().and_then(|text: &str| text.parse().ok());
    let moment = answers.iter().rev().find_map(|answer| match answer {
        SimpleQueryMessage::Row(row) => Some(Moment { sequence: number(row, "sequence")?, changed_at: number(row, "changed_at")? }),
        _ => None,
    });
    moment.ok_or(StoreError::Unreadable { what: "sequence of an organization" })
}
