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

/// Writes moments at the end of a text that is being made, as lists do by the hundred.
impl Instant {
    /// Appends what [`Self::to_milliseconds_text`] says.
    pub fn push_milliseconds_text(self, text: &mut Vec<u8>) {
        match self.clock() {
            Some((clock, milliseconds)) => {
                text.extend_from_slice(&clock);
                let [_, hundreds, tens, ones] = four_digits(milliseconds);
                text.extend_from_slice(&[b'.', hundreds, tens, ones, b'Z']);
            }
            None => text.extend_from_slice(self.to_milliseconds_text().as_bytes()),
        }
    }

    /// Appends what [`Self::to_seconds_text`] says.
    pub fn push_seconds_text(self, text: &mut Vec<u8>) {
        match self.clock() {
            Some((clock, _)) => {
                text.extend_from_slice(&clock);
                text.extend_from_slice(b"+00:00");
            }
            None => text.extend_from_slice(self.to_seconds_text().as_bytes()),
        }
    }

    /// Date and time to the second, and the milliseconds beyond it. `None` for years that are not four digits.
    fn clock(self) -> Option<([u8; 19], u32)> {
        let (days, rest) = (self.0.div_euclid(86_400_000), u32::try_from(self.0.rem_euclid(86_400_000)).ok()?);
        let (year, month, day) = civil(days)?;
        let (seconds, milliseconds) = (rest / 1000, rest % 1000);
        let mut clock = *b"0000-00-00T00:00:00";
        clock[..4].copy_from_slice(&four_digits(year));
        for (place, value) in [(5, month), (8, day), (11, seconds / 3600), (14, seconds / 60 % 60), (17, seconds % 60)] {
            clock[place..place + 2].copy_from_slice(&four_digits(value)[2..]);
        }
        Some((clock, milliseconds))
    }
}

/// Year, month and day of a day since 1970 in the Gregorian calendar; of years from 0 to 9999.
///
/// The year is counted from March here, so that a leap day is its last: then the month of a day is one division
/// (H. Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> Option<(u32, u32, u32)> {
    const DAYS_OF_400_YEARS: i64 = 146_097;
    const DAYS_FROM_MARCH_OF_YEAR_0: i64 = 719_468;
    let days = days + DAYS_FROM_MARCH_OF_YEAR_0;
    let (era, day_of_era) = (days.div_euclid(DAYS_OF_400_YEARS), days.rem_euclid(DAYS_OF_400_YEARS));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let small = |value: i64| u32::try_from(value).ok();
    if (0..10_000).contains(&year) { Some((small(year)?, small(month)?, small(day)?)) } else { None }
}

/// A number below 10,000.
const fn four_digits(number: u32) -> [u8; 4] {
    const fn digit(number: u32) -> u8 {
        b'0' + (number % 10) as u8
    }
    [digit(number / 1000), digit(number / 100), digit(number / 10), digit(number)]
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

    proptest::proptest! {
        #[test]
        fn a_pushed_instant_is_the_text_of_the_calendar(milliseconds in calendar().0..=calendar().1, near in -100_000_000_000_000_i64..100_000_000_000_000) {
            for milliseconds in [milliseconds, near] {
                let instant = Instant::from_milliseconds(milliseconds).expect("an instant");
                let (mut exact, mut whole) = (Vec::new(), Vec::new());
                instant.push_milliseconds_text(&mut exact);
                instant.push_seconds_text(&mut whole);

                proptest::prop_assert_eq!(String::from_utf8(exact).expect("text"), instant.to_milliseconds_text());
                proptest::prop_assert_eq!(String::from_utf8(whole).expect("text"), instant.to_seconds_text());
            }
        }
    }

    #[test]
    fn an_instant_is_written_in_both_customs() {
        let instant = Instant::new("2025-04-22T10:10:02.4739Z".parse().expect("a timestamp"));

        assert_eq!(instant.to_milliseconds_text(), "2025-04-22T10:10:02.473Z");
        assert_eq!(instant.to_seconds_text(), "2025-04-22T10:10:02+00:00");
    }
}
