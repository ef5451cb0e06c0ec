//! `[limits]`: what is read here is the front's own [`LimitSettings`].

use super::error::ConfigError;
use super::values::Values;
use crate::http::{LimitSettings, Rate};

/// Failures in a minute that an operator may allow: more would be no limit, which is 0.
const FAILED_LOGINS_MAX: u64 = 10_000;

/// The APIs' public names, each with the setting of its rate.
const RATES: [(&str, &str); 5] = [
    ("24sevenoffice", "limits.24sevenoffice_rate"),
    ("risk-manager", "limits.risk_manager_rate"),
    ("wethod", "limits.wethod_rate"),
    ("proofhub", "limits.proofhub_rate"),
    ("scim", "limits.scim_rate"),
];

/// Reads the section.
pub(super) fn bind(values: &Values) -> Result<LimitSettings, ConfigError> {
    let rate = |(api, setting): (&str, &'static str)| Ok((api.to_owned(), values.text(setting, parse_rate)?));
    Ok(LimitSettings {
        vendor_rates: values.boolean("limits.vendor_rates")?,
        rates: RATES.into_iter().map(rate).collect::<Result<_, ConfigError>>()?,
        failed_logins_per_minute: values.integer("limits.failed_logins_per_minute", 0..=FAILED_LOGINS_MAX)?,
    })
}

fn parse_rate(text: &str) -> Result<Option<Rate>, String> {
    if text == "off" { Ok(None) } else { text.parse().map(Some).map_err(|error| format!("{error}, or off")) }
}
