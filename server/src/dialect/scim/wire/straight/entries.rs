//! Lists of addresses and numbers, with the person's own value in its place.

use super::{end_list, push_object};
use crate::http::json_bytes::push_text;
use rollcall_core::domain::{Entry, PostalAddress, Text, TextKind};

/// Appends a list; `own` is the person's own value as JSON, or nothing. `false`: the list is empty.
pub(super) fn push<K: TextKind>(bytes: &mut Vec<u8>, own: &[u8], list: Option<&[Entry<K>]>, usual_kind: &str) -> bool {
    let list = list.unwrap_or_default();
    let start = bytes.len();
    // The list keeps the place of the person's own value; where it does not, that stands in front.
    if !own.is_empty() && list.iter().all(|entry| entry.value.is_some()) {
        bytes.extend_from_slice(b",{\"value\":");
        bytes.extend_from_slice(own);
        bytes.extend_from_slice(b",\"type\":\"");
        bytes.extend_from_slice(usual_kind.as_bytes());
        bytes.extend_from_slice(b"\",\"primary\":true}");
    }
    for entry in list.iter().filter(|entry| entry.value.is_some() || !own.is_empty()) {
        bytes.push(b',');
        push_entry(bytes, own, entry);
    }
    end_list(bytes, start)
}

fn push_entry<K: TextKind>(bytes: &mut Vec<u8>, own: &[u8], entry: &Entry<K>) {
    bytes.extend_from_slice(b"{\"value\":");
    match &entry.value {
        Some(value) => push_text(bytes, value.as_str()),
        None => bytes.extend_from_slice(own),
    }
    push_optional(bytes, ",\"display\":", entry.display.as_ref());
    push_optional(bytes, ",\"type\":", entry.kind.as_ref());
    push_primary(bytes, entry.is_primary);
    bytes.push(b'}');
}

/// Appends a list; an address that says nothing is none. `false`: there are none.
pub(super) fn push_addresses(bytes: &mut Vec<u8>, addresses: &[PostalAddress]) -> bool {
    let start = bytes.len();
    for address in addresses {
        bytes.push(b',');
        if !push_object(bytes, |bytes| push_address(bytes, address)) {
            bytes.pop();
        }
    }
    end_list(bytes, start)
}

fn push_address(bytes: &mut Vec<u8>, address: &PostalAddress) {
    push_optional(bytes, ",\"formatted\":", address.formatted.as_ref());
    push_optional(bytes, ",\"streetAddress\":", address.street.as_ref());
    push_optional(bytes, ",\"locality\":", address.locality.as_ref());
    push_optional(bytes, ",\"region\":", address.region.as_ref());
    push_optional(bytes, ",\"postalCode\":", address.postal_code.as_ref());
    push_optional(bytes, ",\"country\":", address.country.as_ref());
    push_optional(bytes, ",\"type\":", address.kind.as_ref());
    push_primary(bytes, address.is_primary);
}

fn push_optional<K: TextKind>(bytes: &mut Vec<u8>, member: &str, text: Option<&Text<K>>) {
    if let Some(text) = text {
        bytes.extend_from_slice(member.as_bytes());
        push_text(bytes, text.as_str());
    }
}

fn push_primary(bytes: &mut Vec<u8>, is_primary: Option<bool>) {
    if let Some(is_primary) = is_primary {
        bytes.extend_from_slice(if is_primary { b",\"primary\":true" } else { b",\"primary\":false" });
    }
}
