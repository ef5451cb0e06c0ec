//! Lists of addresses and numbers (RFC 7643, section 2.4).

use super::members::{Members, is_nothing};
use rollcall_core::domain::{Listed, PostalAddress};
use serde_json::Value;

/// Several values, each with what it is for.
pub fn listed(entries: Vec<Listed<'_>>) -> Vec<Value> {
    let entry = |entry: Listed<'_>| {
        Members::new()
            .put("value", Some(entry.value))
            .put("display", entry.display)
            .put("type", entry.kind)
            .put("primary", entry.is_primary)
            .into_value()
    };
    entries.into_iter().map(entry).collect()
}

/// Several postal addresses. One that says nothing is none.
pub fn addresses(addresses: &[PostalAddress]) -> Vec<Value> {
    let address = |address: &PostalAddress| {
        Members::new()
            .text("formatted", address.formatted.as_ref())
            .text("streetAddress", address.street.as_ref())
            .text("locality", address.locality.as_ref())
            .text("region", address.region.as_ref())
            .text("postalCode", address.postal_code.as_ref())
            .text("country", address.country.as_ref())
            .text("type", address.kind.as_ref())
            .put("primary", address.is_primary)
            .into_value()
    };
    addresses.iter().map(address).filter(|address| !is_nothing(address)).collect()
}
