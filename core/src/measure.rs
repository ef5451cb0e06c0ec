//! What is counted while the program runs, for its operator: plain atomic numbers, without names and without locks.
//!
//! They are counted where requests are answered all day, so counting is one or two additions; naming them is the work of
//! whoever reads them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How often something was how large, in steps that are fixed.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static [u64],
    /// One for each bound, and one for what is above the last.
    counts: Box<[AtomicU64]>,
    sum: AtomicU64,
}

/// What a histogram held at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Each bound, with how many were not above it.
    pub up_to: Vec<(u64, u64)>,
    pub count: u64,
    pub sum: u64,
}

impl Histogram {
    /// `bounds` are ascending.
    #[must_use]
    pub fn new(bounds: &'static [u64]) -> Self {
        Self { bounds, counts: (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect(), sum: AtomicU64::new(0) }
    }

    /// Counts one that is so large.
    pub fn add(&self, size: u64) {
        let place = self.bounds.partition_point(|bound| *bound < size);
        if let Some(count) = self.counts.get(place) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.sum.fetch_add(size, Ordering::Relaxed);
    }

    /// Counts one that took so long, in microseconds.
    pub fn add_time(&self, time: Duration) {
        self.add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    /// How many there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().map(|count| count.load(Ordering::Relaxed)).sum()
    }

    #[must_use]
    pub fn measured(&self) -> Measured {
        let mut count = 0;
        let mut up_to = Vec::with_capacity(self.bounds.len());
        for (place, held) in self.counts.iter().enumerate() {
            count += held.load(Ordering::Relaxed);
            if let Some(bound) = self.bounds.get(place) {
                up_to.push((*bound, count));
            }
        }
        Measured { up_to, count, sum: self.sum.load(Ordering::Relaxed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_size_counts_below_every_bound_that_it_is_not_above() {
        let histogram = Histogram::new(&[1, 10, 100]);

        [1, 2, 10, 11, 1000].into_iter().for_each(|size| histogram.add(size));

        assert_eq!(histogram.measured(), Measured { up_to: vec![(1, 1), (10, 3), (100, 4)], count: 5, sum: 1024 });
    }
}
