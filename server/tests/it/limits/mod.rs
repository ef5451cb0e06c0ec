//! How often one client may ask, and how often it may be wrong.

mod failed_logins;
mod rates;

use crate::support::Answer;
use rollcall::http::LimitSettings;

/// The rates of the vendors, and as many failed logins as a client likes.
fn vendor_rates() -> LimitSettings {
    LimitSettings { vendor_rates: true, ..LimitSettings::off() }
}

/// The whole seconds after which a refused client may come back.
fn retry_after(answer: &Answer) -> u64 {
    let seconds = answer.header("retry-after").unwrap_or_else(|| panic!("no Retry-After: {} {}", answer.status, answer.text()));
    seconds.parse().unwrap_or_else(|error| panic!("{error}: {seconds}"))
}
