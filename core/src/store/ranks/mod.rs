//! Where in a list its people stand: from an offset to a key, and how many there are.
//!
//! A *ranking* is remembered of a list (an organization, a filter, an order) and of one moment, and is used for reads of
//! exactly that moment. A later read first brings it there by the history, which says who has changed since; so whoever
//! wrote, nobody is answered something stale. What an earlier moment asks is read without.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`list`] | what a ranking is of |
//! | [`blocks`] | the order of a column, which changes one person at a time |
//! | [`history`] | who has changed between two moments |
//! | [`making`] | rankings made, and brought up to date |
//! | [`reading`] | pages and totals read by them |

mod blocks;
mod history;
mod list;
mod making;
mod reading;

pub(super) use blocks::{Column, KeyType};
pub(super) use list::List;
pub(super) use making::Told;

use super::backend::Effort;
use crate::domain::{Instant, OrganizationId};
use blocks::{Blocks, Key};
use roaring::RoaringBitmap;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of all rankings together, besides [`BYTES_A_PERSON`].
const BYTES_MAX: usize = 16 * 1024 * 1024;
/// Bytes more for each person of those organizations that everybody was counted of.
const BYTES_A_PERSON: usize = 4;
/// Rankings, so that the one to let go is soon found.
const RANKINGS_MAX: usize = 1000;
/// What one ranking takes beside what it holds.
const BYTES_A_RANKING: usize = 256;

/// A state of an organization. The sequence alone does not name it: after a restore, or a failover to a database that lacks
/// some changes, the same numbers are given again.
pub(super) type Moment = (i64, Instant);

/// The rankings of one database, least recently used ones let go. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranks(Arc<Mutex<Kept>>);

/// The rankings as one read may use them.
#[derive(Clone, Debug)]
pub(super) struct RanksWithin {
    pub(super) ranks: Ranks,
    pub(super) effort: Effort,
}

#[derive(Debug, Default)]
struct Kept {
    rankings: HashMap<List, Held>,
    /// What is being made: whoever else needs it meanwhile reads without.
    making: HashSet<List>,
    /// The last change of each organization that was heard of.
    reached: HashMap<OrganizationId, i64>,
    bytes: usize,
    uses: u64,
}

#[derive(Debug)]
struct Held {
    moment: Moment,
    ranking: Ranking,
    bytes: usize,
    last_use: u64,
}

/// The people of a list, in its order.
#[derive(Debug)]
enum Ranking {
    /// By number.
    Numbers(RoaringBitmap),
    /// By a column.
    Blocks(Blocks),
}

/// A person who may stand elsewhere than before, and where it stands now. `None`: it is not in the list. By number, the key is
/// absent.
type Step = (u32, Option<Key>);

impl Ranking {
    fn len(&self) -> u64 {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Blocks(blocks) => blocks.len(),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.serialized_size(),
            Self::Blocks(blocks) => blocks.bytes(),
        }
    }

    /// `false`: it is no longer good to read by.
    fn step(&mut self, steps: &[Step]) -> bool {
        for (number, key) in steps {
            match (&mut *self, key) {
                (Self::Numbers(numbers), Some(_)) => drop(numbers.insert(*number)),
                (Self::Numbers(numbers), None) => drop(numbers.remove(*number)),
                (Self::Blocks(blocks), key) => blocks.put(*number, key.as_ref()),
            }
        }
        !matches!(self, Self::Blocks(blocks) if blocks.is_crooked())
    }
}

impl Ranks {
    pub(super) fn within(&self, effort: Effort) -> RanksWithin {
        RanksWithin { ranks: self.clone(), effort }
    }

    /// Takes note of how far an organization has come.
    pub(super) fn heard(&self, organization: OrganizationId, sequence: i64) {
        let mut kept = self.kept();
        let reached = kept.reached.entry(organization).or_insert(sequence);
        *reached = sequence.max(*reached);
    }

    /// Whether there is a ranking of this list that is at most so many changes behind, as far as is known.
    pub(super) fn is_near(&self, list: &List, changes: i64) -> bool {
        let kept = self.kept();
        let reached = kept.reached.get(&list.organization).copied().unwrap_or(0);
        kept.rankings.get(list).is_some_and(|held| reached - held.moment.0 <= changes)
    }

    fn moment(&self, list: &List) -> Option<Moment> {
        self.kept().rankings.get(list).map(|held| held.moment)
    }

    /// Asks the ranking of a list something, if it is of this moment.
    fn ask<T>(&self, list: &List, moment: Moment, question: impl FnOnce(&Ranking) -> T) -> Option<T> {
        let mut kept = self.kept();
        kept.uses += 1;
        let now = kept.uses;
        let held = kept.rankings.get_mut(list).filter(|held| held.moment == moment)?;
        held.last_use = now;
        Some(question(&held.ranking))
    }

    /// Takes over what has changed between two moments. `false`: the ranking is of neither.
    fn advance(&self, list: &List, from: Moment, to: Moment, steps: &[Step]) -> bool {
        let mut kept = self.kept();
        let Some(held) = kept.rankings.get_mut(list) else { return false };
        if held.moment == from {
            held.moment = to;
            if !held.ranking.step(steps) {
                kept.remove(list);
                return false;
            }
        }
        held.moment == to
    }

    fn keep(&self, list: List, moment: Moment, ranking: Ranking) {
        let mut kept = self.kept();
        if kept.rankings.get(&list).is_some_and(|held| held.moment.0 > moment.0) {
            return;
        }
        let bytes = BYTES_A_RANKING + list.bytes() + ranking.bytes();
        kept.uses += 1;
        let held = Held { moment, ranking, bytes, last_use: kept.uses };
        kept.bytes += bytes;
        if let Some(before) = kept.rankings.insert(list, held) {
            kept.bytes -= before.bytes;
        }
        kept.let_go();
    }

    fn forget(&self, list: &List, moment: Moment) {
        let mut kept = self.kept();
        if kept.rankings.get(list).is_some_and(|held| held.moment == moment) {
            kept.remove(list);
        }
    }

    /// Says that a ranking is being made. `None`: somebody is making it.
    fn begin(&self, list: &List) -> Option<Making> {
        let is_first = self.kept().making.insert(list.clone());
        is_first.then(|| Making { ranks: self.clone(), list: list.clone() })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn remove(&mut self, list: &List) {
        if let Some(held) = self.rankings.remove(list) {
            self.bytes -= held.bytes;
        }
    }

    /// Lets go of what was not used for longest, while there is too much.
    fn let_go(&mut self) {
        let people = |(list, held): (&List, &Held)| if *list == list.everybody() { held.ranking.len() } else { 0 };
        let people: u64 = self.rankings.iter().map(people).sum();
        let most = BYTES_MAX.saturating_add(usize::try_from(people).unwrap_or(usize::MAX).saturating_mul(BYTES_A_PERSON));
        while self.bytes > most || self.rankings.len() > RANKINGS_MAX {
            let Some(oldest) = self.rankings.iter().min_by_key(|(_, held)| held.last_use).map(|(list, _)| list.clone()) else { return };
            self.remove(&oldest);
        }
    }
}

/// Ends when the ranking was made, or could not be.
struct Making {
    ranks: Ranks,
    list: List,
}

impl Drop for Making {
    fn drop(&mut self) {
        self.ranks.kept().making.remove(&self.list);
    }
}
