//! In which order operations are tried: the order of the request, but for those that refer to what a later one creates.
//! These wait for it.
//!
//! Where operations wait for one another in a circle, a user in it is created without its manager, which is set when all
//! are there. Nothing else can be left for later: groups inside one another are refused anyway.

use super::super::schema::ResourceType;
use super::{Operation, Target};
use axum::http::Method;
use std::collections::HashMap;

/// One thing to do, to the operation of this index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Perform(usize),
    /// Creates a user without its manager.
    Begin(usize),
    /// Sets the manager of a user that was begun.
    Complete(usize),
    /// It waits for itself.
    Refuse(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Waiting,
    Placed,
}

struct Planner<'a> {
    operations: &'a [Operation],
    /// The operations that create something, by their `bulkId`.
    creators: HashMap<&'a str, usize>,
    states: Vec<State>,
    steps: Vec<Step>,
    begun: Vec<usize>,
}

/// The operation that creates what each `bulkId` stands for.
pub fn creators(operations: &[Operation]) -> HashMap<&str, usize> {
    let created = |operation: &&Operation| operation.method == Method::POST;
    let numbered = operations.iter().enumerate().filter(|(_, operation)| created(operation));
    numbered.filter_map(|(index, operation)| Some((operation.bulk_id.as_deref()?, index))).collect()
}

/// Every operation once, and what is left of those that were begun.
pub fn plan(operations: &[Operation]) -> Vec<Step> {
    let creators = creators(operations);
    let states = vec![State::Unseen; operations.len()];
    let mut planner = Planner { operations, creators, states, steps: Vec::with_capacity(operations.len()), begun: Vec::new() };
    for index in 0..operations.len() {
        planner.place(index);
        // Whatever they waited for has its place now.
        planner.steps.extend(planner.begun.drain(..).map(Step::Complete));
    }
    planner.steps
}

impl Planner<'_> {
    /// Gives an operation its place, after all that it waits for. As deep as operations wait for one another, of which there
    /// are no more than a request may have.
    fn place(&mut self, index: usize) {
        if self.states[index] != State::Unseen {
            return;
        }
        self.states[index] = State::Waiting;
        let operations = self.operations;
        let mut is_circular = false;
        for name in &operations[index].references {
            let Some(&creator) = self.creators.get(name.as_str()) else { continue };
            self.place(creator);
            is_circular |= self.states[creator] == State::Waiting;
        }
        self.states[index] = State::Placed;
        let step = match is_circular {
            false => Step::Perform(index),
            true if self.can_begin(index) => {
                self.begun.push(index);
                Step::Begin(index)
            }
            true => Step::Refuse(index),
        };
        self.steps.push(step);
    }

    /// Whether it creates a user, who may wait for somebody else.
    fn can_begin(&self, index: usize) -> bool {
        let operation = &self.operations[index];
        let is_user = Target::of(&operation.path) == Some(Target::Endpoint(ResourceType::User));
        is_user && operation.bulk_id.as_ref().is_none_or(|own| !operation.references.contains(own))
    }
}
