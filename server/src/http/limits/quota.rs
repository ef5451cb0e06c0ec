//! A rate kept, for each holder of a credential.
//!
//! Not for each token: an application gets another one whenever it asks.

use super::{Rate, seconds};
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota as Allowance, RateLimiter};
use rollcall_core::directory::{Holder, Surroundings};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Seconds between two looks for holders that have their whole quota again and need not be remembered.
const SWEEP_INTERVAL_SECONDS: u64 = 60;

/// What each holder may still ask of one API, where that has a [`Rate`]. In the extensions of the requests there.
#[derive(Debug)]
pub struct Quota {
    limiter: RateLimiter<Holder, HashMapStateStore<Holder>, Elapsed, NoOpMiddleware<Duration>>,
    clock: Elapsed,
    /// In seconds of the clock.
    next_sweep: AtomicU64,
}

/// The server's own clock, as the limiter asks it.
#[derive(Clone, Debug)]
struct Elapsed(Surroundings);

impl Clock for Elapsed {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Quota {
    /// `None` for a rate that is too fast to be measured.
    pub fn new(rate: Rate, surroundings: Surroundings) -> Option<Self> {
        let allowance = Allowance::with_period(rate.interval())?.allow_burst(rate.requests());
        let clock = Elapsed(surroundings);
        let next_sweep = AtomicU64::new(clock.now().as_secs() + SWEEP_INTERVAL_SECONDS);
        Some(Self { limiter: RateLimiter::hashmap_with_clock(allowance, clock.clone()), clock, next_sweep })
    }

    /// Counts one request of this holder. An error is the number of seconds after which one more will be let in.
    pub fn take(&self, holder: Holder) -> Result<(), u64> {
        self.sweep();
        self.limiter.check_key(&holder).map_err(|refused| seconds(refused.wait_time_from(self.clock.now())))
    }

    /// Forgets, now and then, who has the whole quota again.
    fn sweep(&self) {
        let (now, due) = (self.clock.now().as_secs(), self.next_sweep.load(Ordering::Relaxed));
        let next = now + SWEEP_INTERVAL_SECONDS;
        let is_mine = now >= due && self.next_sweep.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if is_mine {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tally::tests::Hand;
    use super::*;
    use rollcall_core::domain::TokenId;
    use uuid::Uuid;

    fn token(number: u128) -> Holder {
        Holder::Token(TokenId::new(Uuid::from_u128(number)))
    }

    fn quota(hand: &Hand) -> Quota {
        Quota::new(Rate::new(25, Duration::from_secs(10)), hand.surroundings()).expect("a quota")
    }

    #[test]
    fn the_request_after_the_last_waits_for_its_part_of_the_period() {
        let hand = Hand::default();
        let quota = quota(&hand);
        assert!((0..25).all(|_| quota.take(token(1)).is_ok()));

        assert_eq!(quota.take(token(1)), Err(1));
        hand.advance(Duration::from_millis(400));
        assert_eq!((quota.take(token(1)), quota.take(token(1))), (Ok(()), Err(1)));
    }

    #[test]
    fn a_slow_rate_says_how_many_seconds_to_wait() {
        let quota = Quota::new(Rate::new(1, Duration::from_secs(90)), Hand::default().surroundings()).expect("a quota");

        assert_eq!((quota.take(token(1)), quota.take(token(1))), (Ok(()), Err(90)));
    }

    #[test]
    fn who_has_the_whole_quota_again_is_forgotten() {
        let hand = Hand::default();
        let quota = quota(&hand);
        for number in 0..1000 {
            assert_eq!(quota.take(token(number)), Ok(()));
        }
        assert_eq!(quota.limiter.len(), 1000);

        hand.advance(Duration::from_secs(61));
        assert_eq!(quota.take(token(7)), Ok(()));

        assert_eq!(quota.limiter.len(), 1);
    }
}
