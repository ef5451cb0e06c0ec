//! What the directory takes from around it: the time, and new ids. Parameters, so that tests choose them.

use crate::domain::Instant;
use std::sync::Arc;
use std::time::Duration;
use uuid::{NoContext, Timestamp, Uuid};

/// The clock, and the source of ids.
#[derive(Clone)]
pub struct Surroundings {
    clock: Arc<dyn Fn() -> Instant + Send + Sync>,
    elapsed: Arc<dyn Fn() -> Duration + Send + Sync>,
}

impl std::fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}

impl Surroundings {
    /// The machine's own clock.
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    pub fn system() -> Self {
        let start = std::time::Instant::now();
        Self { clock: Arc::new(|| Instant::new(jiff::Timestamp::now())), elapsed: Arc::new(move || start.elapsed()) }
    }

    /// A clock of the caller's own, which makes the time that has passed too.
    pub fn with_clock(clock: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        let clock: Arc<dyn Fn() -> Instant + Send + Sync> = Arc::new(clock);
        let read = Arc::clone(&clock);
        let elapsed = move || Duration::from_millis(u64::try_from(read().milliseconds()).unwrap_or(0));
        Self { clock, elapsed: Arc::new(elapsed) }
    }

    /// The time since some moment, for measuring and for nothing else: the machine's own does not move when somebody
    /// sets its clock.
    pub fn elapsed(&self) -> Duration {
        (self.elapsed)()
    }

    pub(super) fn now(&self) -> Instant {
        (self.clock)()
    }

    /// A new uuid of version 7: ids made later sort later.
    pub(super) fn new_id(&self) -> Uuid {
        let milliseconds = u64::try_from(self.now().milliseconds()).unwrap_or(0);
        let nanoseconds = u32::try_from(milliseconds % 1000).unwrap_or(0) * 1_000_000;
        Uuid::new_v7(Timestamp::from_unix(NoContext, milliseconds / 1000, nanoseconds))
    }
}
