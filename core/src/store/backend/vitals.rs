//! How an open database fares, for its operator: counted where the work is done.

use crate::measure::{Histogram, Measured};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Writes in one commit: up to as many as share one.
const BATCH_BOUNDS: &[u64] = &[1, 2, 4, 8, 16, 32, 64];
/// Microseconds of one commit: from a fast disk to a very busy one.
const COMMIT_BOUNDS: &[u64] = &[250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000];

/// How an open database fares at one moment.
#[derive(Clone, Debug)]
pub struct Vitals {
    /// Bytes of the database's file; `None` where the files are another program's.
    pub database_bytes: Option<u64>,
    /// Bytes of the log beside it.
    pub log_bytes: Option<u64>,
    /// Connections that are open.
    pub connections: u64,
    /// Those of them that hold a snapshot, or are lent.
    pub connections_in_use: u64,
    /// Writes that wait for their turn.
    pub writes_waiting: u64,
    /// How many writes shared each commit.
    pub batches: Measured,
    /// How long each commit took, in microseconds.
    pub commits: Measured,
    /// Organizations whose text is indexed in memory, and those whose index is being built.
    pub indexes_ready: u64,
    pub indexes_building: u64,
    /// Bytes of these indexes.
    pub index_bytes: u64,
}

/// What whoever writes counts. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct WriteCounts(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    waiting: AtomicU64,
    batches: Histogram,
    commits: Histogram,
}

/// A write that waits, for as long as this lives.
#[derive(Debug)]
pub(super) struct Waiting(WriteCounts);

impl Default for WriteCounts {
    fn default() -> Self {
        let counts = Counts { waiting: AtomicU64::new(0), batches: Histogram::new(BATCH_BOUNDS), commits: Histogram::new(COMMIT_BOUNDS) };
        Self(Arc::new(counts))
    }
}

impl WriteCounts {
    pub(super) fn waiting(&self) -> Waiting {
        self.0.waiting.fetch_add(1, Ordering::Relaxed);
        Waiting(self.clone())
    }

    /// So many writes were committed together, which took so long.
    pub(super) fn committed(&self, writes: usize, time: Duration) {
        self.0.batches.add(writes as u64);
        self.0.commits.add_time(time);
    }

    /// Everything that is counted here, with nothing else known.
    pub(super) fn vitals(&self) -> Vitals {
        Vitals {
            database_bytes: None,
            log_bytes: None,
            connections: 0,
            connections_in_use: 0,
            writes_waiting: self.0.waiting.load(Ordering::Relaxed),
            batches: self.0.batches.measured(),
            commits: self.0.commits.measured(),
            indexes_ready: 0,
            indexes_building: 0,
            index_bytes: 0,
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_waits_until_it_is_taken_up() {
        let counts = WriteCounts::default();
        let [first, _second] = [counts.waiting(), counts.waiting()];

        drop(first);

        assert_eq!(counts.vitals().writes_waiting, 1);
    }
}
