//! An index, and the moment of the organization that it is at.

use super::index::{Index, place_of};
use super::names::Name;
use crate::domain::{Instant, Person};
use std::collections::{BTreeMap, VecDeque};

/// The last changes that are remembered, for who reads at an older moment.
const RECENT_MAX: usize = 4096;

/// A change of the organization: its sequence, and when it was. A sequence alone does not name it: after a restore, or a failover
/// to a database that lacks some changes, the same numbers are given again.
pub(super) type Moment = (i64, Instant);

/// A change, as far as the index is about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) moment: Moment,
    /// Who was changed, if it was a person's record.
    pub(super) person: Option<u32>,
}

/// Where a reader stands beside an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// What the index finds is all there is, with these, who may have been otherwise at the reader's moment.
    Usable(Vec<u32>),
    /// The index is behind since this moment.
    Behind(Moment),
    /// The reader is too far behind the index.
    TooOld,
    /// The index is of a history that is not the reader's.
    Strange,
}

#[derive(Debug)]
pub(super) struct Current {
    pub(super) index: Index,
    at: Moment,
    /// The last changes up to `at`, without a gap.
    recent: VecDeque<Seen>,
}

impl Current {
    pub(super) const fn new(index: Index, at: Moment) -> Self {
        Self { index, at, recent: VecDeque::new() }
    }

    pub(super) const fn at(&self) -> Moment {
        self.at
    }

    /// Where a reader of this moment stands.
    ///
    /// Nobody who has not changed between two moments is any different at them. So an index that was brought to a later moment
    /// finds everybody of an earlier one too, but for those who have changed in between.
    pub(super) fn standing(&self, moment: Moment) -> Standing {
        if moment.0 > self.at.0 {
            return Standing::Behind(self.at);
        }
        if moment.0 == self.at.0 {
            return if moment == self.at { Standing::Usable(Vec::new()) } else { Standing::Strange };
        }
        match self.recent.iter().position(|seen| seen.moment == moment) {
            Some(place) => Standing::Usable(self.recent.iter().skip(place + 1).filter_map(|seen| seen.person).collect()),
            None => Standing::TooOld,
        }
    }

    /// Takes over what has changed since it was at `from`, with everybody concerned as they are now, of whom the grams of the first
    /// `known` are in the index already. `false`: it has been brought elsewhere meanwhile.
    pub(super) fn advance(&mut self, from: Moment, to: Moment, seen: &[Seen], people: &[Person], known: usize) -> bool {
        if self.at != from {
            return false;
        }
        for person in people.iter().skip(known) {
            self.index.add(person);
        }
        // Who is not there any more has no name.
        let mut names: BTreeMap<u32, Option<Name>> = seen.iter().filter_map(|seen| Some((seen.person?, None))).collect();
        names.extend(people.iter().map(|person| (place_of(person.number), Some(Name::of(person)))));
        self.index.names.set(names);
        self.recent.extend(seen.iter().copied());
        let too_many = self.recent.len().saturating_sub(RECENT_MAX);
        self.recent.drain(..too_many);
        self.at = to;
        true
    }

    /// Whether so much in it is dead that another is to be built.
    pub(super) fn is_worn(&self) -> bool {
        self.index.stale > (self.index.people / 2).max(10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::super::index::Draft;
    use super::*;

    fn moment(sequence: i64) -> Moment {
        (sequence, Instant::from_milliseconds(sequence * 10).expect("an instant"))
    }

    fn seen(sequence: i64, person: Option<u32>) -> Seen {
        Seen { moment: moment(sequence), person }
    }

    fn current() -> Current {
        let mut current = Current::new(Draft::new(true).finish(), moment(5));
        let changes = [seen(6, Some(1)), seen(7, None), seen(8, Some(2)), seen(9, Some(3))];
        assert!(current.advance(moment(5), moment(9), &changes, &[], 0));
        current
    }

    #[test]
    fn a_reader_of_the_same_moment_finds_everybody() {
        assert_eq!(current().standing(moment(9)), Standing::Usable(vec![]));
    }

    #[test]
    fn a_reader_of_an_older_moment_is_told_who_has_changed_since() {
        assert_eq!(current().standing(moment(7)), Standing::Usable(vec![2, 3]));
        assert_eq!(current().standing(moment(4)), Standing::TooOld);
    }

    #[test]
    fn a_reader_of_a_later_moment_is_told_where_the_index_is() {
        assert_eq!(current().standing(moment(12)), Standing::Behind(moment(9)));
    }

    #[test]
    fn a_reader_of_another_history_is_a_stranger() {
        let other = |sequence| (sequence, Instant::from_milliseconds(7).expect("an instant"));

        assert_eq!(current().standing(other(9)), Standing::Strange);
        assert_eq!(current().standing(other(7)), Standing::TooOld);
    }

    #[test]
    fn an_index_that_was_brought_elsewhere_takes_nothing_over() {
        assert!(!current().advance(moment(5), moment(10), &[], &[], 0));
    }
}
