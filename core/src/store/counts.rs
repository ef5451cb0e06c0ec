//! How many people there are, remembered.
//!
//! To count everybody is to walk an index from end to end, and lists with a total ask for it with every page. A count is used
//! only while the organization's sequence is the one that it was counted at, so it is never stale, whoever has written.

use crate::domain::{Instant, OrganizationId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The last count of each organization, with the sequence it was counted at. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(Arc<Mutex<HashMap<OrganizationId, Counted>>>);

#[derive(Clone, Copy, Debug)]
struct Counted {
    sequence: i64,
    changed_at: Instant,
    people: u64,
}

impl Counts {
    /// What was counted at this change. A sequence alone does not name it: after a restore, or a failover to a database that
    /// lacks some changes, the same numbers are given again.
    pub(super) fn at(&self, organization: OrganizationId, (sequence, changed_at): (i64, Instant)) -> Option<u64> {
        let all = self.all();
        let counted = all.get(&organization)?;
        (counted.sequence == sequence && counted.changed_at == changed_at).then_some(counted.people)
    }

    pub(super) fn remember(&self, organization: OrganizationId, (sequence, changed_at): (i64, Instant), people: u64) {
        self.all().insert(organization, Counted { sequence, changed_at, people });
    }

    /// Lets go of what was counted before a sequence that the organization has reached by now.
    pub(super) fn forget(&self, organization: OrganizationId, reached: i64) {
        let mut all = self.all();
        if all.get(&organization).is_some_and(|counted| counted.sequence < reached) {
            all.remove(&organization);
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<OrganizationId, Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
