//! What an operator may choose about limits.

use super::Rate;
use std::collections::BTreeMap;

/// What an operator may choose about limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitSettings {
    /// Whether any rate applies.
    pub vendor_rates: bool,
    /// By an API's public name, the rate in the place of its own; `None`: as often as a client likes.
    pub rates: BTreeMap<String, Option<Rate>>,
    /// Failures to sign in that each address has before it is told to wait; 0: as many as it likes.
    pub failed_logins_per_minute: u32,
}

impl LimitSettings {
    /// A person mistypes a few times, and behind one address may be a whole office; who guesses needs millions.
    pub const FAILED_LOGINS_PER_MINUTE: u32 = 20;

    /// Nothing is limited.
    pub const fn off() -> Self {
        Self { vendor_rates: false, rates: BTreeMap::new(), failed_logins_per_minute: 0 }
    }

    /// The rate that counts in the API of this name, whose own is this.
    pub fn rate(&self, name: &str, own: Option<Rate>) -> Option<Rate> {
        if self.vendor_rates { self.rates.get(name).copied().unwrap_or(own) } else { None }
    }
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self { vendor_rates: true, rates: BTreeMap::new(), failed_logins_per_minute: Self::FAILED_LOGINS_PER_MINUTE }
    }
}
