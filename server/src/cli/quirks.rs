//! Quirks on the command line: those that the rooms have, and no others.

use crate::dialect::ROOMS;
use crate::http::Quirk;
use rollcall_core::domain::QuirkName;

/// A quirk as a command line gives it: one that some room has.
pub(super) fn known(text: &str) -> Result<QuirkName, String> {
    let is_known = all().any(|quirk| quirk.name == text);
    let name = QuirkName::parse(text).ok().filter(|_| is_known);
    name.ok_or_else(|| {
        let names: Vec<&str> = all().map(|quirk| quirk.name).collect();
        format!("there is no such quirk: use {}", names.join(", "))
    })
}

/// What the flag means, with every quirk that there is.
pub(super) fn help() -> String {
    let about = all().map(|quirk| format!("\n- {}: {}", quirk.name, quirk.about));
    let head = "Something that the token's clients are given otherwise than everybody else; may be given several times:\n";
    std::iter::once(head.to_owned()).chain(about).collect()
}

fn all() -> impl Iterator<Item = &'static Quirk> {
    ROOMS.iter().flat_map(|room| room.quirks.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_quirk_is_named_after_its_room_and_once() {
        let mut names = HashSet::new();
        for room in ROOMS {
            for quirk in room.quirks {
                let rest = quirk.name.strip_prefix(room.name).and_then(|rest| rest.strip_prefix(':'));

                assert!(rest.is_some() && known(quirk.name).is_ok() && names.insert(quirk.name), "{}", quirk.name);
            }
        }
    }
}
