//! A connection that many short reads share, none waiting for another's answer.
//!
//! Each statement goes down it as one *unit*: begin, the organization, the organization's sequence, the statement, commit, put
//! on the connection together, so that no other read comes between them and the whole costs one round trip. A read of several
//! statements is several units. They are of one moment if the sequence was the same in all: everything that belongs to an
//! organization moves it. Where it has moved, the read is run again in a transaction of its own.

use super::connection::Scope;
use super::line::{self, Ended};
use crate::domain::OrganizationId;
use crate::store::error::StoreError;
use crate::store::sql::{Row, Value};
use deadpool_postgres::{ClientWrapper, Object};
use futures_util::future::join3;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Instant;
use tokio::sync::Mutex as AsyncMutex;
use tokio_postgres::error::{DbError, SqlState};
use tokio_postgres::{Error, SimpleQueryMessage, SimpleQueryRow};

/// How many connections short reads share. A second one goes on while an answer on the first is long.
const LINES: usize = 2;

/// A connection, and the place in line for it.
pub(super) struct SharedLine {
    client: ClientWrapper,
    /// Held while one unit is put on the connection.
    enqueueing: Mutex<()>,
}

impl SharedLine {
    fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Does one thing as a unit, and answers what was asked before it. What it needs is prepared by then.
    async fn unit(&self, opening: &str, rows: impl Future<Output = Result<(), Ended>>) -> Result<Vec<SimpleQueryMessage>, Ended> {
        let begin = self.client.simple_query(opening);
        let end = self.client.batch_execute("commit");
        // Each of the three is sent when it is first asked, and `join3` asks them in their order.
        let mut unit = pin!(join3(begin, rows, end));
        let first = poll_fn(|context| {
            let _alone = self.enqueueing.lock().unwrap_or_else(PoisonError::into_inner);
            Poll::Ready(unit.as_mut().poll(context))
        });
        let (begun, rows, ended) = match first.await {
            Poll::Ready(answers) => answers,
            Poll::Pending => unit.await,
        };
        let begun = begun?;
        rows?;
        ended?;
        Ok(begun)
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
                let line = Arc::new(SharedLine { client: Object::take(client), enqueueing: Mutex::new(()) });
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
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        let line = Arc::clone(&self.line);
        let answer = async {
            let statement = line::prepared(&line.client, sql).await?;
            line.unit(&opening(self.scope), line::read_rows(&line.client, &statement, values, read)).await
        };
        self.judge(answer.await)
    }

    pub(super) async fn for_each_of(
        &mut self,
        sql: &str,
        sets: &[Vec<Value>],
        read: impl FnMut(usize, &Row<'_>) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        let line = Arc::clone(&self.line);
        let answer = async {
            let statement = line::prepared(&line.client, sql).await?;
            line.unit(&opening(self.scope), line::read_rows_of(&line.client, &statement, sets, read)).await
        };
        self.judge(answer.await)
    }

    /// Whether a unit was answered, and of the same moment as those before it.
    fn judge(&mut self, answer: Result<Vec<SimpleQueryMessage>, Ended>) -> Result<(), StoreError> {
        if let Err(Ended::Failed(error)) = &answer {
            line::let_go_of_outdated(&self.line.client, error);
            self.must_repeat |= is_lost(error);
        }
        let begun = answer.map_err(|ended| ended.into_store("could not read rows"))?;
        if self.scope == Scope::Credentials {
            return Ok(());
        }
        let moment = moment_in(&begun)?;
        if *self.moment.get_or_insert(moment) == moment {
            return Ok(());
        }
        self.must_repeat = true;
        // Whoever reads stops here, and what it answers is not looked at.
        Err(StoreError::Busy)
    }
}

/// Whether the connection is gone, or somebody else's trouble on it, and not what was asked, may be the reason.
fn is_lost(error: &Error) -> bool {
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
