//! How many pass which filters, remembered for as long as nothing has changed.

use super::current::Moment;
use crate::query::Filter;
use std::collections::VecDeque;

/// Filters whose totals are remembered.
const FILTERS_MAX: usize = 256;

#[derive(Debug, Default)]
pub(super) struct Totals {
    at: Option<Moment>,
    of: VecDeque<(Filter, u64)>,
}

impl Totals {
    pub(super) fn get(&self, at: Moment, filter: &Filter) -> Option<u64> {
        if self.at != Some(at) {
            return None;
        }
        self.of.iter().find(|(other, _)| other == filter).map(|(_, total)| *total)
    }

    pub(super) fn remember(&mut self, at: Moment, filter: &Filter, total: u64) {
        if self.at != Some(at) {
            *self = Self { at: Some(at), of: VecDeque::new() };
        }
        if self.of.len() == FILTERS_MAX {
            self.of.pop_front();
        }
        self.of.push_back((filter.clone(), total));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;
    use crate::query::{Comparison, TextField};

    #[test]
    fn a_total_is_good_for_its_filter_and_its_moment_alone() {
        let moment = |sequence, milliseconds| (sequence, Instant::from_milliseconds(milliseconds).expect("an instant"));
        let filter = |name: &str| Filter::text(TextField::Name, Comparison::Equal, name);
        let mut totals = Totals::default();

        totals.remember(moment(1, 1), &filter("jane"), 7);

        assert_eq!(totals.get(moment(1, 1), &filter("jane")), Some(7));
        assert_eq!(totals.get(moment(1, 1), &filter("omar")), None);
        assert_eq!(totals.get(moment(2, 1), &filter("jane")), None);
        assert_eq!(totals.get(moment(1, 2), &filter("jane")), None);
    }
}
