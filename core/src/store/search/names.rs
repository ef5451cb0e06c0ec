//! What everybody is called, folded, as it is at the moment of an index: whoever is looked for by name is asked here, and not
//! by reading the record.
//!
//! People stand in blocks of numbers that follow one another, so that hardly more is kept than the names themselves.

use crate::domain::{Person, folded};
use std::collections::BTreeMap;

/// People of one block.
const BLOCK: u32 = 32;
/// Of each block: a bit for everybody whose name is their display name, then a byte for everybody.
const BITS: usize = (BLOCK / 8) as usize;
const TEXTS: usize = BITS + BLOCK as usize;
/// The byte of a number that nobody has.
const NOBODY: u8 = 0;
/// The byte of somebody whose name is not kept. Any other is the length of the name, and one more.
const NOT_KEPT: u8 = u8::MAX;
/// Of a block's place in its tree, which is two thirds full.
const BLOCK_BYTES: u64 = (size_of::<u32>() + size_of::<Box<[u8]>>()) as u64 * 3 / 2;

/// Bytes of all names of an organization; where there are more, none are kept.
const BYTES_MAX: u64 = 48 * 1024 * 1024;

/// Somebody's name, as far as it is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Called<'a> {
    /// There is no such person.
    Nobody,
    /// The record is to be asked.
    Unknown,
    /// The folded name, and whether it is the display name; if not there is none.
    So(&'a str, bool),
}

#[derive(Debug, Default)]
pub(super) struct Names {
    /// By the number of the first of each, in blocks.
    blocks: BTreeMap<u32, Box<[u8]>>,
    bytes: u64,
    /// There were too many; every record is to be asked.
    is_given_up: bool,
}

/// What is kept of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    NotKept,
    Kept { text: String, is_display_name: bool },
}

impl Name {
    pub(super) fn of(person: &Person) -> Self {
        let name = person.name();
        let display = person.display_name.as_ref().map(crate::domain::Name::as_str);
        let text = folded(&name);
        // An empty display name, which is neither absent nor what somebody is called, is seldom.
        if text.len() >= usize::from(NOT_KEPT) - 1 || display.is_some_and(|display| display != name) {
            return Self::NotKept;
        }
        Self::Kept { text, is_display_name: display.is_some() }
    }
}

impl Names {
    /// Calls `take` with what each of these is called; they ascend. It says whether it wants to go on.
    pub(super) fn each(&self, people: impl Iterator<Item = u32>, mut take: impl FnMut(u32, Called<'_>) -> bool) {
        let mut last: Option<(u32, &[u8])> = None;
        for person in people {
            let number = person / BLOCK;
            let block = match last {
                Some((place, block)) if place == number => block,
                _ => self.block(number),
            };
            last = Some((number, block));
            let called = if self.is_given_up { Called::Unknown } else { called(block, (person % BLOCK) as usize) };
            if !take(person, called) {
                return;
            }
        }
    }

    /// Takes over what people are called by now; `None`: they are gone. The fewer blocks it jumps between the better.
    pub(super) fn set(&mut self, people: impl IntoIterator<Item = (u32, Option<Name>)>) {
        if self.is_given_up {
            return;
        }
        let mut people = people.into_iter().peekable();
        while let Some((first, _)) = people.peek() {
            let number = first / BLOCK;
            let mut lines = self.lines(number);
            while let Some((person, name)) = people.next_if(|(person, _)| person / BLOCK == number) {
                lines[(person % BLOCK) as usize] = name;
            }
            let is_empty = lines.iter().all(Option::is_none);
            let block = (!is_empty).then(|| packed(&lines));
            self.bytes += block.as_deref().map_or(0, bytes_of);
            let before = match block {
                Some(block) => self.blocks.insert(number, block),
                None => self.blocks.remove(&number),
            };
            self.bytes -= before.as_deref().map_or(0, bytes_of);
        }
        if self.bytes > BYTES_MAX {
            *self = Self { is_given_up: true, ..Self::default() };
        }
    }

    fn block(&self, number: u32) -> &[u8] {
        self.blocks.get(&number).map(AsRef::as_ref).unwrap_or_default()
    }

    fn lines(&self, number: u32) -> Vec<Option<Name>> {
        let block = self.block(number);
        let line = |place| match called(block, place) {
            Called::Nobody => None,
            Called::Unknown => Some(Name::NotKept),
            Called::So(text, is_display_name) => Some(Name::Kept { text: text.to_owned(), is_display_name }),
        };
        (0..BLOCK as usize).map(line).collect()
    }

    /// Bytes of memory.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }
}

const fn bytes_of(block: &[u8]) -> u64 {
    block.len() as u64 + BLOCK_BYTES
}

fn called(block: &[u8], place: usize) -> Called<'_> {
    let text_bytes = |length: u8| if length == NOT_KEPT { 0 } else { usize::from(length.saturating_sub(1)) };
    let (Some(lengths), Some(texts)) = (block.get(BITS..TEXTS), block.get(TEXTS..)) else { return Called::Nobody };
    let length = lengths[place];
    match length {
        NOBODY => return Called::Nobody,
        NOT_KEPT => return Called::Unknown,
        _ => {}
    }
    let start: usize = lengths[..place].iter().map(|length| text_bytes(*length)).sum();
    let text = texts.get(start..start + text_bytes(length)).and_then(|text| std::str::from_utf8(text).ok());
    text.map_or(Called::Unknown, |text| Called::So(text, block[place / 8] >> (place % 8) & 1 == 1))
}

fn packed(lines: &[Option<Name>]) -> Box<[u8]> {
    let mut block = vec![0; TEXTS];
    for (place, line) in lines.iter().enumerate() {
        block[BITS + place] = match line {
            None => NOBODY,
            Some(Name::NotKept) => NOT_KEPT,
            Some(Name::Kept { text, is_display_name }) => {
                block[place / 8] |= u8::from(*is_display_name) << (place % 8);
                block.extend_from_slice(text.as_bytes());
                u8::try_from(text.len() + 1).unwrap_or(NOT_KEPT)
            }
        };
    }
    block.into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn some_name() -> impl Strategy<Value = Option<Name>> {
        let kept = ("\\PC{0,60}", any::<bool>()).prop_map(|(text, is_display_name)| Name::Kept { text, is_display_name });
        proptest::option::of(prop_oneof![1 => Just(Name::NotKept), 5 => kept])
    }

    proptest! {
        #[test]
        fn everybody_is_called_what_was_said_of_them_last(said in proptest::collection::vec((0..100_u32, some_name()), 0..200)) {
            let mut names = Names::default();
            let mut meant = HashMap::new();
            for some in said.chunks(7) {
                names.set(some.iter().cloned());
                meant.extend(some.iter().cloned());
            }

            names.each(0..110, |person, called| {
                let expected = match meant.get(&person).and_then(Option::as_ref) {
                    None => Called::Nobody,
                    Some(Name::NotKept) => Called::Unknown,
                    Some(Name::Kept { text, is_display_name }) => Called::So(text, *is_display_name),
                };
                assert_eq!(called, expected);
                true
            });
        }
    }

    #[test]
    fn a_block_in_which_nobody_is_left_takes_no_room() {
        let mut names = Names::default();
        names.set([(5, Some(Name::NotKept))]);
        names.set([(5, None)]);

        assert_eq!(names.bytes(), 0);
    }
}
