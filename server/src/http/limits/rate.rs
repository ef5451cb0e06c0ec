//! A rate: so many requests in so much time.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

/// More in one period than any client sends.
const REQUESTS_MAX: u32 = 1_000_000;
/// A day: a longer period would be forgotten at every restart.
const PERIOD_SECONDS_MAX: u64 = 24 * 60 * 60;

/// So many requests in so much time: all of them at once if the client likes, and then again one after each equal part
/// of that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    requests: NonZeroU32,
    period: Duration,
}

/// A text that is no rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a number of requests from 1 to {REQUESTS_MAX} and a time up to a day, such as 25/10s, 100/1m or 5000/1h")]
pub struct InvalidRate;

impl Rate {
    /// Zero requests count as one: no limit at all is no rate.
    pub const fn new(requests: u32, period: Duration) -> Self {
        let requests = match NonZeroU32::new(requests) {
            Some(requests) => requests,
            None => NonZeroU32::MIN,
        };
        Self { requests, period }
    }

    /// How many may come at once.
    pub const fn requests(&self) -> NonZeroU32 {
        self.requests
    }

    /// The time after which one more may come.
    pub fn interval(&self) -> Duration {
        self.period / self.requests.get()
    }
}

impl FromStr for Rate {
    type Err = InvalidRate;

    fn from_str(text: &str) -> Result<Self, InvalidRate> {
        let (requests, period) = text.split_once('/').ok_or(InvalidRate)?;
        let unit = period.chars().next_back().ok_or(InvalidRate)?;
        let seconds = match unit {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            _ => return Err(InvalidRate),
        };
        let count: u64 = whole(period.strip_suffix(unit).unwrap_or_default()).ok_or(InvalidRate)?;
        let requests = whole(requests).filter(|requests| *requests <= REQUESTS_MAX).ok_or(InvalidRate)?;
        let period = count.checked_mul(seconds).filter(|seconds| *seconds <= PERIOD_SECONDS_MAX).ok_or(InvalidRate)?;
        Ok(Self::new(requests, Duration::from_secs(period)))
    }
}

/// A number of digits alone, from 1.
fn whole<T: FromStr + PartialOrd + From<u8>>(text: &str) -> Option<T> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number: &T| is_number && *number >= T::from(1))
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}s", self.requests, self.period.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_and_a_time() {
        let rates = [("25/10s", 25, 10), ("5000/1h", 5000, 3600), ("1/2m", 1, 120), ("1000000/24h", 1_000_000, 86_400)];

        for (text, requests, seconds) in rates {
            assert_eq!(text.parse(), Ok(Rate::new(requests, Duration::from_secs(seconds))), "{text}");
        }
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        let texts =
            ["", "25", "25/", "/10s", "25/s", "25/10", "0/10s", "25/0s", "-1/1s", "+1/1s", "25/10d", "25 / 10s", "1/25h", "1000001/1s"];

        assert!(texts.iter().all(|text| text.parse::<Rate>().is_err()));
        assert!("1/18446744073709551615h".parse::<Rate>().is_err());
        assert!("1/1é".parse::<Rate>().is_err());
    }
}
