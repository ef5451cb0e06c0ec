//! What everybody asks on a shared connection, put together into units: see [`super::shared`].

use super::PostgresRow;
use super::connection::Scope;
use super::failing::failed;
use super::line;
use super::shared::{Moment, is_lost, moment_in, opening};
use crate::store::error::StoreError;
use crate::store::sql::Value;
use deadpool_postgres::ClientWrapper;
use futures_util::TryStreamExt;
use futures_util::future::{join_all, join3};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::{Error, SimpleQueryMessage, Statement};

/// Whose questions go out together at most.
const TOGETHER_MAX: usize = 256;

/// One statement that somebody asks about one organization, or about none.
pub(super) struct Question {
    pub(super) scope: Scope,
    pub(super) sql: String,
    pub(super) sets: Vec<Vec<Value>>,
    pub(super) answer: oneshot::Sender<Result<Answer, Refusal>>,
}

/// The rows for each set of values, and the organization's state while they were read.
pub(super) struct Answer {
    pub(super) rows: Vec<Vec<PostgresRow>>,
    pub(super) moment: Option<Moment>,
}

/// Why there are no rows, and whether the same may well be answered elsewhere.
pub(super) struct Refusal {
    pub(super) error: StoreError,
    pub(super) may_pass: bool,
}

impl Refusal {
    fn of(client: &ClientWrapper, error: Error) -> Self {
        line::let_go_of_outdated(client, &error);
        Self { may_pass: is_lost(&error), error: failed("could not read rows", error) }
    }

    fn told_again(&self) -> Self {
        Self { error: self.error.told_again(), may_pass: self.may_pass }
    }
}

impl Question {
    /// Whoever asked may have gone.
    fn answer(self, answer: Result<Answer, Refusal>) {
        drop(self.answer.send(answer));
    }
}

/// Asks for all who wait, again and again.
pub(super) async fn serve(client: Arc<ClientWrapper>, mut waiting: mpsc::UnboundedReceiver<Question>) {
    let mut together = Vec::new();
    while waiting.recv_many(&mut together, TOGETHER_MAX).await > 0 {
        // All of them are sent before the first is answered.
        join_all(by_scope(together.drain(..)).into_iter().map(|(scope, questions)| unit(&client, scope, questions))).await;
    }
}

/// In the order in which the scopes were first asked about.
fn by_scope(questions: impl Iterator<Item = Question>) -> Vec<(Scope, Vec<Question>)> {
    let mut units: Vec<(Scope, Vec<Question>)> = Vec::new();
    for question in questions {
        match units.iter_mut().find(|(scope, _)| *scope == question.scope) {
            Some((_, questions)) => questions.push(question),
            None => units.push((question.scope, vec![question])),
        }
    }
    units
}

/// Asks everything about one organization at one moment, and answers it.
async fn unit(client: &ClientWrapper, scope: Scope, questions: Vec<Question>) {
    let mut prepared = Vec::with_capacity(questions.len());
    for question in questions {
        match line::prepared(client, &question.sql).await {
            Ok(statement) => prepared.push((statement, question)),
            Err(error) => question.answer(Err(Refusal::of(client, error))),
        }
    }
    let opening = opening(scope);
    let begin = client.simple_query(&opening);
    let mut asked = Vec::with_capacity(prepared.len());
    for (statement, question) in &prepared {
        asked.extend(question.sets.iter().map(|values| rows(client, statement, values)));
    }
    // Each of the three is sent when it is first asked, and `join3` asks them in their order.
    let (begun, answers, ended) = join3(begin, line::all_in_order(asked.into_iter()), client.batch_execute("commit")).await;
    let moment = begun.and_then(|begun| ended.map(|()| begun)).map_err(|error| Refusal::of(client, error));
    let moment = moment.and_then(|begun| moment_of(scope, &begun));
    let mut answers = answers.into_iter();
    for (_, question) in prepared {
        let rows: Result<Vec<_>, Error> = answers.by_ref().take(question.sets.len()).collect::<Vec<_>>().into_iter().collect();
        let answer = match (&moment, rows) {
            (Err(refusal), _) => Err(refusal.told_again()),
            (Ok(_), Err(error)) => Err(Refusal::of(client, error)),
            (Ok(moment), Ok(rows)) => Ok(Answer { rows, moment: *moment }),
        };
        question.answer(answer);
    }
}

fn moment_of(scope: Scope, begun: &[SimpleQueryMessage]) -> Result<Option<Moment>, Refusal> {
    match scope {
        Scope::Organization(_) => moment_in(begun).map(Some).map_err(|error| Refusal { error, may_pass: false }),
        Scope::Credentials => Ok(None),
    }
}

/// All rows as they come, so that none holds up the connection for the ones after it.
async fn rows(client: &ClientWrapper, statement: &Statement, values: &[Value]) -> Result<Vec<PostgresRow>, Error> {
    client.query_raw(statement, line::parameters(values)).await?.try_collect().await
}
