//! The limits of an attribute as flags.

use crate::cli::Failure;
use clap::Args;
use clap::builder::PossibleValuesParser;
use rollcall_core::domain::{Change, Finite, Limit, LimitsChange};

/// The limits that a command sets.
#[derive(Debug, Args)]
pub(super) struct LimitFlags {
    /// The fewest characters of a text
    #[arg(long, value_name = "N")]
    min_length: Option<u32>,
    /// The most characters of a text
    #[arg(long, value_name = "N")]
    max_length: Option<u32>,
    /// The least number
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = finite)]
    min: Option<Finite>,
    /// The greatest number
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = finite)]
    max: Option<Finite>,
    /// The most decimals of a number; 0 for whole numbers
    #[arg(long, value_name = "N")]
    decimals: Option<u8>,
    /// An item that a List of Options or an Outline may hold; may be given several times, and then they are all there are
    #[arg(long, value_name = "ITEM")]
    allowed: Vec<String>,
    /// The most files of an Attachment or an Image
    #[arg(long, value_name = "N")]
    max_files: Option<u32>,
}

/// The limits that a command takes away.
#[derive(Debug, Args)]
pub(super) struct ClearedLimits {
    /// A limit to take away, by its flag's name; may be given several times
    #[arg(long, value_name = "LIMIT", value_parser = PossibleValuesParser::new(LIMITS.map(|(name, _)| name)))]
    clear: Vec<String>,
}

/// Every limit, by its flag's name.
const LIMITS: [(&str, Limit); 7] = [
    ("min-length", Limit::LengthMin),
    ("max-length", Limit::LengthMax),
    ("min", Limit::ValueMin),
    ("max", Limit::ValueMax),
    ("decimals", Limit::DecimalPlaces),
    ("allowed", Limit::AllowedValues),
    ("max-files", Limit::FilesMax),
];

impl LimitFlags {
    pub(super) fn into_change(self) -> LimitsChange {
        fn given<T>(value: Option<T>) -> Change<T> {
            value.map_or(Change::Keep, Change::Set)
        }
        let allowed: Vec<Box<str>> = self.allowed.into_iter().map(String::into_boxed_str).collect();
        LimitsChange {
            length_min: given(self.min_length),
            length_max: given(self.max_length),
            value_min: given(self.min),
            value_max: given(self.max),
            decimal_places: given(self.decimals),
            allowed_values: if allowed.is_empty() { Change::Keep } else { Change::Set(allowed) },
            files_max: given(self.max_files),
        }
    }
}

impl ClearedLimits {
    /// The change with these limits cleared, none of which it sets.
    pub(super) fn over(self, mut change: LimitsChange) -> Result<LimitsChange, Failure> {
        let before = change.clone();
        for (name, limit) in LIMITS {
            if self.clear.iter().any(|cleared| cleared == name) {
                if before.sets(limit) {
                    return Err(Failure::Usage("a limit is either set or cleared, not both"));
                }
                change.clear(limit);
            }
        }
        Ok(change)
    }
}

fn finite(text: &str) -> Result<Finite, &'static str> {
    text.parse().ok().and_then(Finite::new).ok_or("must be a number")
}
