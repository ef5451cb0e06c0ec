//! What has been used of an allowance, for each of many: how long it would take for all of it to come back.
//!
//! Unlike a quota, a tally can be looked at without being used, and what was used can be given back.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

/// Keys that are remembered at once, of a few dozen bytes each. Further ones are not counted: so many come from a crowd
/// that no limit of each one stops.
const KEYS_MAX: usize = 65_536;
/// Between two looks for what has come back.
const SWEEP_INTERVAL: Duration = Duration::from_secs(1);

/// So many uses at once, each of which comes back after a while, one after another.
#[derive(Debug)]
pub struct Tally<K> {
    most: u32,
    each: Duration,
    /// When everything will have come back. Times are those of one clock that does not go back.
    whole_at: HashMap<K, Duration>,
    next_sweep: Duration,
}

impl<K: Hash + Eq> Tally<K> {
    /// `most` uses in each `period`.
    pub fn new(most: u32, period: Duration) -> Self {
        let most = most.max(1);
        Self { most, each: period / most, whole_at: HashMap::new(), next_sweep: Duration::ZERO }
    }

    /// How long to wait for one more use; zero where it is free.
    pub fn wait(&self, key: &K, now: Duration) -> Duration {
        let used = self.whole_at.get(key).map_or(Duration::ZERO, |whole_at| whole_at.saturating_sub(now));
        (used + self.each).saturating_sub(self.each * self.most)
    }

    /// Counts one use, whether it is free or not.
    pub fn add(&mut self, key: K, now: Duration) {
        if !self.whole_at.contains_key(&key) && !self.has_room(now) {
            return;
        }
        let whole_at = self.whole_at.entry(key).or_insert(now);
        *whole_at = now.max(*whole_at) + self.each;
    }

    /// Gives one use back.
    pub fn give_back(&mut self, key: &K) {
        if let Some(whole_at) = self.whole_at.get_mut(key) {
            *whole_at = whole_at.saturating_sub(self.each);
        }
    }

    /// Gives all of them back.
    pub fn forget(&mut self, key: &K) {
        self.whole_at.remove(key);
    }

    /// Whether one more key may be remembered.
    fn has_room(&mut self, now: Duration) -> bool {
        if self.whole_at.len() >= KEYS_MAX && now >= self.next_sweep {
            self.whole_at.retain(|_, whole_at| *whole_at > now);
            self.whole_at.shrink_to(KEYS_MAX / 16);
            self.next_sweep = now + SWEEP_INTERVAL;
        }
        self.whole_at.len() < KEYS_MAX
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use rollcall_core::directory::Surroundings;
    use rollcall_core::domain::Instant;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    /// A clock that is moved by hand.
    #[derive(Clone, Debug, Default)]
    pub struct Hand(Arc<AtomicI64>);

    impl Hand {
        pub fn advance(&self, time: Duration) {
            self.0.fetch_add(i64::try_from(time.as_millis()).expect("a time"), Ordering::SeqCst);
        }

        pub fn surroundings(&self) -> Surroundings {
            let milliseconds = Arc::clone(&self.0);
            Surroundings::with_clock(move || Instant::from_milliseconds(milliseconds.load(Ordering::SeqCst)).expect("a time"))
        }
    }

    const MINUTE: Duration = Duration::from_secs(60);
    const NOW: Duration = Duration::from_secs(1_000_000);

    fn used(times: u32) -> Tally<u32> {
        let mut tally = Tally::new(20, MINUTE);
        (0..times).for_each(|_| tally.add(1, NOW));
        tally
    }

    #[test]
    fn a_use_is_free_until_all_are_used() {
        let waits = [0, 19, 20, 21].map(|times| used(times).wait(&1, NOW).as_secs());

        assert_eq!(waits, [0, 0, 3, 6]);
        assert_eq!(used(20).wait(&2, NOW), Duration::ZERO);
    }

    #[test]
    fn uses_come_back_one_after_another() {
        let tally = used(20);
        let after = |seconds| tally.wait(&1, NOW + Duration::from_secs(seconds)).as_secs();

        assert_eq!([1, 2, 3, 60].map(after), [2, 1, 0, 0]);
    }

    #[test]
    fn a_use_can_be_given_back() {
        let mut tally = used(20);

        tally.give_back(&1);

        assert_eq!(tally.wait(&1, NOW), Duration::ZERO);
    }

    #[test]
    fn no_more_keys_are_remembered_than_there_is_room_for() {
        let mut tally = Tally::new(1, MINUTE);
        (0..KEYS_MAX * 2).for_each(|key| tally.add(key, NOW));
        assert_eq!((tally.whole_at.len(), tally.wait(&0, NOW)), (KEYS_MAX, MINUTE));

        tally.add(KEYS_MAX, NOW + MINUTE);

        assert_eq!(tally.whole_at.len(), 1);
    }
}
