//! `[limits]`: what clients may ask for, beyond what each contract fixes.

use super::error::ConfigError;
use super::values::Values;

/// The settings of `[limits]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitSettings {
    /// Whether the vendors' own rate limits apply. They are not there yet, so this changes nothing so far.
    pub vendor_rates: bool,
}

impl LimitSettings {
    pub(super) fn bind(values: &Values) -> Result<Self, ConfigError> {
        Ok(Self { vendor_rates: values.boolean("limits.vendor_rates")? })
    }
}
