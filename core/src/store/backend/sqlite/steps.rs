//! How much work statements are, in steps of SQLite's machine: the same at every run, unlike time.

use rusqlite::{Statement, StatementStatus};
use std::cell::Cell;

thread_local! {
    static STEPS: Cell<i64> = const { Cell::new(0) };
}

/// Takes note of what a statement took that has come to its end.
pub(super) fn note(statement: &Statement<'_>) {
    let steps = i64::from(statement.reset_status(StatementStatus::VmStep));
    STEPS.set(STEPS.get() + steps);
}

/// The steps of this thread's reads since this was asked before.
pub(in crate::store) fn taken() -> i64 {
    STEPS.take()
}
