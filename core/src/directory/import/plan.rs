//! How a file is loaded: in how many transactions, whom each line is about, and what becomes of people in no line.

use std::fmt;
use std::str::FromStr;

/// How a file is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportPlan {
    pub mode: ImportMode,
    /// The one column that says whom a line of people is about. `None`: the best that the line has.
    pub matching: Option<MatchColumn>,
    /// Whether people in no line are deleted, and how many of all may be.
    pub delete_missing: Option<Percent>,
}

impl From<ImportMode> for ImportPlan {
    fn from(mode: ImportMode) -> Self {
        Self { mode, matching: None, delete_missing: None }
    }
}

/// In how many transactions, and whether they are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportMode {
    /// In batches; a wrong line is left out.
    Batches,
    /// All at once at the end, and only if nothing is refused.
    Atomic,
    /// Like `Batches` to the last statement, and then undone.
    DryRun,
}

/// A column that says whom a line of people is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchColumn {
    ExternalId,
    /// Compared by [`unique_key`](crate::domain::unique_key), and so is a login.
    Email,
    Login,
}

impl fmt::Display for MatchColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ExternalId => "external_id",
            Self::Email => "email",
            Self::Login => "login",
        })
    }
}

/// A share of a whole, in hundredths: 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(u8);

impl Percent {
    /// Whether so many are no greater share of all than this.
    pub(super) const fn holds(self, part: u64, all: u64) -> bool {
        part as u128 * 100 <= all as u128 * self.0 as u128
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

/// Not a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a whole number from 0 to 100")]
pub struct InvalidPercent;

impl FromStr for Percent {
    type Err = InvalidPercent;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_suffix('%').unwrap_or(text).trim_end().parse() {
            Ok(percent @ 0..=100) => Ok(Self(percent)),
            _ => Err(InvalidPercent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_holds_what_is_no_more_than_its_share() {
        let ten: Percent = "10".parse().expect("a percentage");

        assert_eq!([(10, 100), (11, 100), (1, 9), (0, 0)].map(|(part, all)| ten.holds(part, all)), [true, false, false, true]);
    }

    #[test]
    fn a_percentage_is_a_whole_number_up_to_a_hundred() {
        let read = ["0", "100", "10%", "10 %", "101", "-1", "1.5", ""].map(|text| text.parse::<Percent>().is_ok());

        assert_eq!(read, [true, true, true, true, false, false, false, false]);
    }
}
