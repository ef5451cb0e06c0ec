//! File descriptors: each connection takes one, and a process starts with few.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tracing::warn;

/// Kept for the database, its readers, the log and what the runtime opens.
const RESERVED: u64 = 256;

/// Raises this process's limit of descriptors, as far as the system allows, so that so many connections find room
/// beside everything else. Returns how many do.
pub(super) fn connections_possible(wanted: usize) -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let needed = (wanted as u64).saturating_add(RESERVED);
    // No limit is room enough.
    let Some(current) = current.filter(|current| *current < needed) else { return wanted };
    let raised = maximum.map_or(needed, |maximum| needed.min(maximum));
    let limit = match setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum }) {
        Ok(()) => raised,
        Err(_) => current,
    };
    let possible = fitting(wanted, limit);
    if possible < wanted {
        warn!(wanted, possible, "fewer connections at once than configured: the limit of open files is {limit}");
    }
    possible
}

/// So many connections fit under a limit of descriptors; one at least, or nobody could be served.
fn fitting(wanted: usize, limit: u64) -> usize {
    usize::try_from(limit.saturating_sub(RESERVED)).unwrap_or(usize::MAX).clamp(1, wanted.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_descriptors_for_the_rest() {
        assert_eq!([fitting(4096, 1024), fitting(100, 1024), fitting(100, 20)], [768, 100, 1]);
    }
}
