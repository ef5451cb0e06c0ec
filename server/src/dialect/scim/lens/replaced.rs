//! What a client that replaces a resource cannot mean to clear.

use serde_json::{Map, Value};

/// Puts into a written resource what was shown of the `kept` attributes that it leaves out, and of each of the
/// `extensions` that it names neither among its schemas nor otherwise, because then the client does not know of it. An
/// attribute that is said to be empty is not left out.
pub fn keep_the_unknown(written: &mut Map<String, Value>, shown: &Map<String, Value>, kept: &[&str], extensions: &[&str]) {
    let named: Vec<String> = match written.get("schemas") {
        Some(Value::Array(urns)) => urns.iter().filter_map(Value::as_str).map(str::to_ascii_lowercase).collect(),
        _ => Vec::new(),
    };
    let is_known = |urn: &str| written.contains_key(urn) || named.contains(&urn.to_ascii_lowercase());
    let unknown = extensions.iter().filter(|urn| !is_known(urn));
    let left_out = kept.iter().filter(|name| !written.contains_key(**name));
    let kept: Vec<_> = unknown.chain(left_out).filter_map(|name| Some(((*name).to_owned(), shown.get(*name)?.clone()))).collect();
    written.extend(kept);
}
