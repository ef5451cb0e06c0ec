//! Who has changed between two moments, as the history tells it.

use super::Moment;
use crate::domain::Instant;
use crate::store::catalogue::{instant, number};
use crate::store::error::StoreError;
use crate::store::sql::{Bound, Row, values};
use crate::store::transaction::ReadTransaction;
use std::collections::BTreeMap;

/// What became of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    /// Made, or brought back from the bin.
    Came,
    /// Put into the bin.
    Went,
    /// Written; perhaps in the bin.
    Stayed,
}

const CHANGES: Bound = Bound::new(
    "select sequence, changed_at, subject, action, subject_number from changes
    where organization_id = $1 and sequence >= $2 and sequence <= $3 order by sequence",
);

impl ReadTransaction {
    /// Everybody who has changed after one moment and up to that of this read. `None`: the one is not in the past of the other.
    pub(super) async fn moved(&mut self, from: Moment, to: Moment) -> Result<Option<BTreeMap<u32, Moved>>, StoreError> {
        let mut moved = BTreeMap::new();
        // An organization that has seen no change has no first one to know the history by.
        let mut last = (from.0 == 0).then_some(from);
        let mut is_whole = true;
        let read = |row: &Row<'_>| {
            let (sequence, at): (i64, Instant) = (row.integer(0)?, instant(row, 1)?);
            is_whole &= match last {
                None => (sequence, at) == from,
                Some((before, _)) => sequence == before + 1,
            };
            if last.is_some() && row.text(2)? == "person" {
                note(&mut moved, number(row, 4)?, row.text(3)?);
            }
            last = Some((sequence, at));
            Ok(std::ops::ControlFlow::Continue(()))
        };
        self.for_each(&CHANGES, values![from.0, to.0], read).await?;
        Ok((is_whole && last == Some(to)).then_some(moved))
    }
}

fn note(moved: &mut BTreeMap<u32, Moved>, number: u32, action: &str) {
    match action {
        "create" | "restore" => drop(moved.insert(number, Moved::Came)),
        "delete" => drop(moved.insert(number, Moved::Went)),
        _ => drop(moved.entry(number).or_insert(Moved::Stayed)),
    }
}
