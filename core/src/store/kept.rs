//! Whether a piece of work has kept a change.
//!
//! Whoever answers a request must know it when the database is lost on the way to the answer: the read that failed did
//! nothing, and yet something was done before it.

use std::cell::Cell;

tokio::task_local! {
    static HAS_KEPT: Cell<bool>;
}

/// Does the work, and says beside its result whether it has kept a change, as far as the work stays in one task.
pub async fn noting_changes<T>(work: impl Future<Output = T>) -> (T, bool) {
    let noting = async {
        let result = work.await;
        (result, HAS_KEPT.with(Cell::get))
    };
    HAS_KEPT.scope(Cell::new(false), noting).await
}

/// Remembers that a write has ended so, if somebody asks for it.
pub(super) fn noted<T, E>(result: Result<T, E>) -> Result<T, E> {
    if result.is_ok() {
        // On the command line nobody does.
        let _ = HAS_KEPT.try_with(|kept| kept.set(true));
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_keeps_a_change_is_told_from_work_that_fails() {
        let kept = noting_changes(async { noted::<_, ()>(Ok(1)) }).await;
        let failed = noting_changes(async { noted::<(), _>(Err(2)) }).await;

        assert_eq!((kept, failed), ((Ok(1), true), (Err(2), false)));
    }

    #[test]
    fn a_write_that_nobody_asks_about_is_done_all_the_same() {
        assert_eq!(noted::<_, ()>(Ok(1)), Ok(1));
    }
}
