//! Postal addresses.

use crate::domain::{AddressPart, EntryType};

/// One of several postal addresses, in parts, as a whole, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostalAddress {
    /// As it is written on an envelope; stored by itself, never put together.
    pub formatted: Option<AddressPart>,
    pub street: Option<AddressPart>,
    pub locality: Option<AddressPart>,
    pub region: Option<AddressPart>,
    pub postal_code: Option<AddressPart>,
    /// ISO 3166-1 alpha-2 by the standard; in fact whatever was sent.
    pub country: Option<AddressPart>,
    /// What it is for, such as `work`.
    pub kind: Option<EntryType>,
    pub is_primary: Option<bool>,
}
