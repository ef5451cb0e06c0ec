//! A moment, kept as whole milliseconds since 1970 so that what a client reads is exactly what it can filter by.

use jiff::Timestamp;
use std::fmt;

/// A moment in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64);

impl Instant {
    /// The millisecond that holds this timestamp.
    pub fn new(timestamp: Timestamp) -> Self {
        Self(timestamp.as_nanosecond().div_euclid(1_000_000).try_into().unwrap_or(i64::MAX))
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

    /// Later by so many seconds.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
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
    fn an_instant_is_written_in_both_customs() {
        let instant = Instant::new("2025-04-22T10:10:02.4739Z".parse().expect("a timestamp"));

        assert_eq!(instant.to_milliseconds_text(), "2025-04-22T10:10:02.473Z");
        assert_eq!(instant.to_seconds_text(), "2025-04-22T10:10:02+00:00");
    }
}
