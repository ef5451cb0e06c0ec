//! How often one client may ask, and how often it may be wrong.

mod failed_logins;
mod rates;

use crate::support::{Answer, TestServer};
use rollcall::dialect::ROOMS;
use rollcall::http::{LimitSettings, Rate};
use std::time::Duration;

/// The rates of the vendors, and as many failed logins as a client likes.
fn vendor_rates() -> LimitSettings {
    LimitSettings { vendor_rates: true, ..LimitSettings::off() }
}

/// A server where each API has this rate.
pub async fn limited_everywhere(requests: u32, seconds: u64) -> TestServer {
    let rate = Some(Rate::new(requests, Duration::from_secs(seconds)));
    let rates = ROOMS.iter().map(|room| (room.name.to_owned(), rate)).collect();
    TestServer::limited(LimitSettings { rates, ..vendor_rates() }).await
}

/// The whole seconds after which a refused client may come back.
fn retry_after(answer: &Answer) -> u64 {
    let seconds = answer.header("retry-after").unwrap_or_else(|| panic!("no Retry-After: {} {}", answer.status, answer.text()));
    seconds.parse().unwrap_or_else(|error| panic!("{error}: {seconds}"))
}
