//! How long a token lives, as people write it: `30d`.

/// Seconds of a hundred years: beyond that, say `never`.
const SECONDS_MAX: i64 = 100 * 365 * 24 * 60 * 60;

/// How long a token lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lifetime {
    Seconds(i64),
    Never,
}

/// A text that is no time to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a number and a unit, such as 45s, 30m, 12h, 30d or 8w, up to 100 years; or never")]
pub(super) struct InvalidLifetime;

impl Lifetime {
    /// Seconds, minutes, hours, days or weeks.
    pub(super) fn parse(text: &str) -> Result<Self, InvalidLifetime> {
        if text == "never" {
            return Ok(Self::Never);
        }
        let unit = text.chars().last().ok_or(InvalidLifetime)?;
        let digits = text.strip_suffix(unit).unwrap_or_default();
        let seconds_in_unit = match unit {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            'w' => 7 * 24 * 60 * 60,
            _ => return Err(InvalidLifetime),
        };
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidLifetime);
        }
        let seconds = digits.parse::<i64>().ok().and_then(|count| count.checked_mul(seconds_in_unit));
        seconds.filter(|seconds| (1..=SECONDS_MAX).contains(seconds)).map(Self::Seconds).ok_or(InvalidLifetime)
    }

    pub(super) const fn seconds(self) -> Option<i64> {
        match self {
            Self::Seconds(seconds) => Some(seconds),
            Self::Never => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_a_number_and_a_unit() {
        let seconds = ["45s", "30m", "12h", "30d", "8w", "never"].map(|text| Lifetime::parse(text).unwrap().seconds());

        assert_eq!(seconds, [Some(45), Some(1800), Some(43_200), Some(2_592_000), Some(4_838_400), None]);
    }

    #[test]
    fn what_is_no_lifetime_is_refused() {
        for text in [
            "",
            "d",
            "30",
            "0d",
            "-1d",
            "+1d",
            "1.5h",
            "30 d",
            "1y",
            "1D",
            "100é",
            "36501d",
            "99999999999999999999d",
            "9223372036854775807w",
        ] {
            assert_eq!(Lifetime::parse(text), Err(InvalidLifetime), "{text}");
        }
    }
}
