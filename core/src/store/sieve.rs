//! Records asked one by one, of which the window's are kept.

use super::error::StoreError;
use crate::query::{Filter, OrderTerm, Window};
use std::cmp::Ordering;
use std::ops::ControlFlow;

/// Records that are held at least before those outside the window are let go.
const HELD_MIN: usize = 1000;

/// A record with what stands around it, as far as a filter or an order needs it.
pub(super) trait Candidate {
    fn passes(&self, filter: &Filter) -> bool;
    fn compare(&self, other: &Self, order: &[OrderTerm]) -> Ordering;
}

/// Keeps the records that pass a filter and stand in a window, and counts all that pass.
pub(super) struct Sieve<'a, T> {
    pub(super) filter: &'a Filter,
    /// What they are to be ordered by; nothing where they come in their order.
    pub(super) order: Option<&'a [OrderTerm]>,
    pub(super) window: Window,
    pub(super) with_total: bool,
    passed: u64,
    kept: Vec<T>,
}

impl<'a, T: Candidate> Sieve<'a, T> {
    pub(super) const fn new(filter: &'a Filter, order: Option<&'a [OrderTerm]>, window: Window, with_total: bool) -> Self {
        Self { filter, order, window, with_total, passed: 0, kept: Vec::new() }
    }

    /// Whether nothing that is still to come could change what it finds.
    pub(super) fn is_full(&self) -> bool {
        let is_filled = self.window.limit.is_some_and(|limit| self.kept.len() as u64 >= limit);
        let is_decided = self.order.is_none() || self.window.limit == Some(0);
        is_filled && is_decided && !self.with_total
    }

    pub(super) fn offer(&mut self, candidate: T) -> Result<ControlFlow<()>, StoreError> {
        if candidate.passes(self.filter) { self.take(|| Ok(candidate)) } else { Ok(ControlFlow::Continue(())) }
    }

    /// One that passes; it is made only if it is to be kept.
    pub(super) fn take(&mut self, make: impl FnOnce() -> Result<T, StoreError>) -> Result<ControlFlow<()>, StoreError> {
        self.passed += 1;
        let is_in_window = match self.order {
            Some(_) => self.window.limit != Some(0),
            None => self.passed > self.window.offset && self.window.limit.is_none_or(|limit| (self.kept.len() as u64) < limit),
        };
        if is_in_window {
            self.kept.push(make()?);
            self.let_go();
        }
        Ok(if self.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// No more are held than the window could show, twice.
    fn let_go(&mut self) {
        if self.order.is_some() && self.kept.len() > self.window.end().saturating_mul(2).max(HELD_MIN) {
            self.sort();
            self.kept.truncate(self.window.end());
        }
    }

    fn sort(&mut self) {
        if let Some(order) = self.order {
            self.kept.sort_by(|left, right| left.compare(right, order));
        }
    }

    /// The records of the window in their order, and how many passed where that was asked for.
    pub(super) fn finish(mut self) -> (Vec<T>, Option<u64>) {
        self.sort();
        let kept = if self.order.is_some() { self.window.cut(self.kept) } else { self.kept };
        (kept, self.with_total.then_some(self.passed))
    }
}
