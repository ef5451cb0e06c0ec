//! A moment, kept as whole milliseconds since 1970 so that what a client reads is exactly what it can filter by.

use jiff::Timestamp;
use std::fmt;

/// A moment in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64);

/// The first and the last whole second that a calendar can show; it does not take the milliseconds beyond them.
fn calendar() -> (i64, i64) {
    (Timestamp::MIN.as_second() * 1000, Timestamp::MAX.as_second() * 1000)
}

impl Instant {
    /// The millisecond that holds this timestamp.
    pub fn new(timestamp: Timestamp) -> Self {
        let milliseconds = timestamp.as_nanosecond().div_euclid(1_000_000);
        let (first, last) = calendar();
        Self(i64::try_from(milliseconds).unwrap_or(last).clamp(first, last))
    }

    /// `None` beyond the years that a calendar can show.
    pub fn from_milliseconds(milliseconds: i64) -> Option<Self> {
        Timestamp::from_millisecond(milliseconds).ok().map(|_| Self(milliseconds))
    }

    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Later by so many seconds; at most the last moment, at least the first, that a calendar can show.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let (first, last) = calendar();
        Self(self.0.saturating_add(seconds.saturating_mul(1000)).clamp(first, last))
    }

    /// RFC 3339 in UTC with exactly three decimals: `2025-04-22T10:10:02.473Z`.
    pub fn to_milliseconds_text(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }

    /// RFC 3339 in UTC without a fraction, the offset spelled out: `2016-09-19T06:17:22+00:00`.
    pub fn to_seconds_text(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_milliseconds_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_instant_leaves_the_calendar() {
        let now = Instant::from_milliseconds(0).expect("an instant");
        let sums = [i64::MIN, -1, 0, 1, i64::MAX].map(|seconds| now.plus_seconds(seconds));

        for instant in sums.into_iter().chain([Timestamp::MIN, Timestamp::MAX].map(Instant::new)) {
            assert_eq!(Instant::from_milliseconds(instant.milliseconds()), Some(instant));
        }
    }

    #[test]
    fn an_instant_is_written_in_both_customs() {
        let instant = Instant::new("2025-04-22T10:10:02.4739Z".parse().expect("a timestamp"));

        assert_eq!(instant.to_milliseconds_text(), "2025-04-22T10:10:02.473Z");
        assert_eq!(instant.to_seconds_text(), "2025-04-22T10:10:02+00:00");
    }
}
