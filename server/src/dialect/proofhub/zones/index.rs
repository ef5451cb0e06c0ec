//! Rows by the names of zones, found without regard to ASCII case.

use super::Zone;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Names that are known when the program starts. Nobody can add one, so a plain hash is enough.
pub(super) struct Index(HashMap<Name<'static>, &'static Zone, BuildHasherDefault<NameHasher>>);

impl Index {
    pub(super) fn new(names: impl Iterator<Item = (&'static str, &'static Zone)>) -> Self {
        Self(names.map(|(name, zone)| (Name(name), zone)).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&'static Zone> {
        // The names of the index live as long as any other, so it is one of shorter names too.
        let names: &HashMap<Name<'_>, &'static Zone, _> = &self.0;
        names.get(&Name(name)).copied()
    }
}

/// A name, the same in capitals and in small letters.
#[derive(Clone, Copy, Debug)]
struct Name<'a>(&'a str);

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Name<'_> {}

impl Hash for Name<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        /// Makes capitals of ASCII small; what else it makes alike is told apart by [`Name::eq`].
        const SMALL: u64 = 0x2020_2020_2020_2020;
        let (words, rest) = self.0.as_bytes().as_chunks::<8>();
        for word in words {
            state.write_u64(u64::from_le_bytes(*word) | SMALL);
        }
        let rest = rest.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
        state.write_u64(rest | SMALL);
    }
}

/// Multiplies word after word (the constant is the golden ratio's, as D. Knuth has it).
#[derive(Default)]
struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
