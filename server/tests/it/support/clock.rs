//! A clock that stands until a test moves it.

use jiff::Timestamp;
use rollcall_core::directory::Surroundings;
use rollcall_core::domain::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that stands until a test moves it.
#[derive(Clone, Debug)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn at(time: &str) -> Self {
        Self(Arc::new(AtomicI64::new(milliseconds(time))))
    }

    pub fn set(&self, time: &str) {
        self.0.store(milliseconds(time), Ordering::SeqCst);
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub fn surroundings(&self) -> Surroundings {
        let clock = Arc::clone(&self.0);
        Surroundings::with_clock(move || Instant::from_milliseconds(clock.load(Ordering::SeqCst)).expect("a year of the calendar"))
    }
}

fn milliseconds(time: &str) -> i64 {
    time.parse::<Timestamp>().expect("a time").as_millisecond()
}
