//! A plan, carried out step by step. What fails is said in its place; the rest goes on, unless the client wants it to stop.

use super::super::caller::Caller;
use super::super::error::Error;
use super::perform::{Done, Task, perform};
use super::plan::{Step, creators, plan};
use super::request::Request;
use super::response::{BulkResponse, Outcome};
use super::{Operation, Target, references};
use crate::http::AppState;
use axum::http::Method;
use futures_util::future::join_all;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Operations that are waited for together, at most. They reach the store in their order, which does them in it.
const TOGETHER_MAX: usize = 30;

struct Run<'a> {
    app: &'a AppState,
    caller: &'a Caller,
    operations: &'a [Operation],
    /// The `bulkId`s of the operations that create something.
    creators: HashMap<&'a str, usize>,
    /// The ids of what they have created.
    created: HashMap<String, String>,
    outcomes: Vec<Option<Outcome>>,
    /// The PATCHes that are due to users who were begun.
    due: HashMap<usize, Map<String, Value>>,
    failures: u64,
    failures_max: u64,
}

/// Carries out all that can be.
pub async fn run(app: &AppState, caller: &Caller, request: &Request) -> BulkResponse {
    let operations = request.operations.as_slice();
    let mut run = Run {
        app,
        caller,
        operations,
        creators: creators(operations),
        created: HashMap::new(),
        outcomes: operations.iter().map(|_| None).collect(),
        due: HashMap::new(),
        failures: 0,
        failures_max: request.fail_on_errors.unwrap_or(u64::MAX),
    };
    let steps = plan(operations);
    let mut rest = steps.as_slice();
    while let Some(first) = rest.first() {
        let together = run.together(rest);
        rest = &rest[together.len().max(1)..];
        if together.is_empty() { run.step(*first).await } else { run.perform(&together).await }
    }
    BulkResponse::new(run.outcomes.into_iter().flatten().collect())
}

impl Run<'_> {
    /// The operations at the head of what is left that can be waited for together: none refers to another, no two are about
    /// one resource, whose version is looked at behind each, and no more of them than may fail.
    fn together(&self, rest: &[Step]) -> Vec<usize> {
        let most = usize::try_from(self.failures_max - self.failures).unwrap_or(usize::MAX).min(TOGETHER_MAX);
        let (mut taken, mut paths) = (Vec::new(), HashSet::new());
        for step in rest.iter().take(most) {
            let Step::Perform(index) = *step else { break };
            let Operation { method, path, references, .. } = &self.operations[index];
            let mut creators = references.iter().filter_map(|name| self.creators.get(name.as_str()));
            let is_another = *method == Method::POST || paths.insert(references::filled_path(path, &self.created));
            if !is_another || creators.any(|creator| taken.contains(creator)) {
                break;
            }
            taken.push(index);
        }
        taken
    }

    /// Tries operations in their order, and waits for all of them: they share the store's commits.
    async fn perform(&mut self, indices: &[usize]) {
        let run = &*self;
        let results = join_all(indices.iter().map(|&index| run.attempt(index, run.operations[index].data.clone()))).await;
        for (&index, result) in indices.iter().zip(results) {
            self.note(index, result);
        }
    }

    async fn step(&mut self, step: Step) {
        match step {
            // What was begun is never left half done.
            Step::Complete(index) => {
                if let Some(patch) = self.due.remove(&index) {
                    let result = self.complete(index, patch).await;
                    self.note(index, result);
                }
            }
            _ if self.failures >= self.failures_max => {}
            Step::Perform(index) => self.perform(&[index]).await,
            Step::Begin(index) => {
                let result = self.begin(index).await;
                self.note(index, result);
            }
            Step::Refuse(index) => self.note(index, Err(circular())),
        }
    }

    /// Remembers what became of an operation.
    fn note(&mut self, index: usize, result: Result<Done, Error>) {
        let operation = &self.operations[index];
        match (&result, &operation.bulk_id) {
            (Ok(done), Some(name)) if operation.method == Method::POST => {
                self.created.insert(name.clone(), done.id.clone());
            }
            (Ok(_), _) => {}
            (Err(_), _) => self.failures += 1,
        }
        self.outcomes[index] = Some(self.outcome(operation, result));
    }

    async fn attempt(&self, index: usize, mut data: Map<String, Value>) -> Result<Done, Error> {
        let operation = &self.operations[index];
        self.check_references(&references::of(&operation.path, &mut data))?;
        references::fill(&mut data, &self.created);
        let path = references::filled_path(&operation.path, &self.created);
        perform(self.app, self.caller, Task { method: &operation.method, path: &path, version: operation.version.as_deref(), data }).await
    }

    /// Creates a user without its manager, who refers to it and is not there yet.
    async fn begin(&mut self, index: usize) -> Result<Done, Error> {
        let mut data = self.operations[index].data.clone();
        let patch = references::take_manager(&mut data).ok_or_else(circular)?;
        let done = self.attempt(index, data).await?;
        self.due.insert(index, patch);
        Ok(done)
    }

    /// Sets the manager. Where that fails, the operation as a whole has, and the user goes again.
    async fn complete(&mut self, index: usize, mut patch: Map<String, Value>) -> Result<Done, Error> {
        let Some(Outcome { status, .. }) = self.outcomes[index].take() else { return Err(circular()) };
        let operation = &self.operations[index];
        let Some(id) = operation.bulk_id.as_ref().and_then(|name| self.created.get(name)).cloned() else { return Err(circular()) };
        let path = format!("{}/{id}", operation.path);
        match self.set(&path, &mut patch).await {
            Ok(done) => Ok(Done { status, ..done }),
            Err(failed) => {
                let task = Task { method: &Method::DELETE, path: &path, version: None, data: Map::new() };
                // Where even that fails for want of a database, the user may be there still.
                perform(self.app, self.caller, task).await.map_err(|error| error.after_a_change())?;
                self.created.retain(|_, created| *created != id);
                Err(failed)
            }
        }
    }

    async fn set(&self, path: &str, patch: &mut Map<String, Value>) -> Result<Done, Error> {
        self.check_references(&references::of(path, patch))?;
        references::fill(patch, &self.created);
        perform(self.app, self.caller, Task { method: &Method::PATCH, path, version: None, data: patch.clone() }).await
    }

    fn check_references(&self, names: &BTreeSet<String>) -> Result<(), Error> {
        match names.iter().find(|name| !self.created.contains_key(*name)) {
            None => Ok(()),
            Some(name) if self.creators.contains_key(name.as_str()) => {
                Err(Error::conflict(format!("It refers to bulkId:{name}, which was not created.")))
            }
            Some(name) => Err(Error::invalid_value(format!("It refers to bulkId:{name}, and no operation is a POST with that bulkId."))),
        }
    }

    fn outcome(&self, operation: &Operation, result: Result<Done, Error>) -> Outcome {
        let Operation { method, bulk_id, .. } = operation;
        let (method, bulk_id) = (method.clone(), bulk_id.clone());
        match result {
            Ok(Done { status, kind, id, version }) => {
                let location = self.caller.base.location(kind.endpoint(), id);
                Outcome { location: Some(location), method, bulk_id, version, status, error: None }
            }
            Err(error) => Outcome {
                location: self.asked_location(&operation.path),
                method,
                bulk_id,
                version: None,
                status: error.status(),
                error: Some(error),
            },
        }
    }

    /// Where the resource of a path would be, if its id is known.
    fn asked_location(&self, path: &str) -> Option<String> {
        match Target::of(&references::filled_path(path, &self.created))? {
            Target::Resource(kind, id) if references::in_path(id).is_none() => Some(self.caller.base.location(kind.endpoint(), id)),
            _ => None,
        }
    }
}

fn circular() -> Error {
    Error::conflict("It needs itself, by way of what it refers to.")
}
