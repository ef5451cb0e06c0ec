//! Quirks: what the clients of one token are given otherwise than everybody else, because they cannot be changed.
//!
//! Here a quirk is a name of the right form. Which there are, and what they do, is the rooms' business.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The longest room's or quirk's name, in bytes.
const WORD_BYTES_MAX: usize = 64;

/// The name of a quirk: the room's public name, a colon, and the room's own name for it, in lower-case letters, digits and
/// hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuirkName(String);

/// Text that cannot be the name of a quirk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a quirk's name, such as room:name")]
pub struct InvalidQuirk;

impl QuirkName {
    pub fn parse(text: &str) -> Result<Self, InvalidQuirk> {
        let is_word = |word: &str| {
            let has_form = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            (1..=WORD_BYTES_MAX).contains(&word.len()) && word.bytes().all(has_form)
        };
        match text.split_once(':') {
            Some((room, name)) if is_word(room) && is_word(name) => Ok(Self(text.to_owned())),
            _ => Err(InvalidQuirk),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QuirkName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for QuirkName {
    type Err = InvalidQuirk;

    fn from_str(text: &str) -> Result<Self, InvalidQuirk> {
        Self::parse(text)
    }
}

/// The quirks of one token, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quirks(BTreeSet<QuirkName>);

impl Quirks {
    /// None: everything is as the API's contract says.
    pub const fn none() -> Self {
        Self(BTreeSet::new())
    }

    pub fn new(names: impl IntoIterator<Item = QuirkName>) -> Self {
        Self(names.into_iter().collect())
    }

    /// Names with blanks between them.
    pub fn parse(text: &str) -> Result<Self, InvalidQuirk> {
        text.split_ascii_whitespace().map(QuirkName::parse).collect::<Result<_, _>>().map(Self)
    }

    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|quirk| quirk.as_str() == name)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &QuirkName> {
        self.0.iter()
    }
}

/// As [`Quirks::parse`] reads them.
impl fmt::Display for Quirks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(QuirkName::as_str).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_room_and_a_word() {
        assert_eq!(QuirkName::parse("room:some-thing-2").expect("a name").as_str(), "room:some-thing-2");
        for wrong in ["", ":", "room", "room:", ":thing", "room:a:b", "Room:thing", "room:some thing", "room:thing,other"] {
            assert_eq!(QuirkName::parse(wrong), Err(InvalidQuirk), "{wrong:?}");
        }
    }

    #[test]
    fn quirks_survive_their_text_each_once_and_in_order() {
        let quirks = Quirks::parse("room:b  room:a room:b").expect("quirks");

        assert_eq!(quirks.to_string(), "room:a room:b");
        assert_eq!(Quirks::parse(&quirks.to_string()), Ok(quirks.clone()));
        assert!(quirks.contains("room:a") && !quirks.contains("room:c") && !quirks.contains("a"));
        assert_eq!(Quirks::parse("room:a b"), Err(InvalidQuirk));
    }
}
