//! Choices that look random, and come out the same again from the same seed.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// A source of choices; xorshift64*.
#[derive(Debug)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// From the seed in the environment, or another one every time. A test that fails says which one it was.
    pub fn new() -> Self {
        let told = std::env::var("ROLLCALL_KILL_SEED").ok().map(|seed| seed.parse().expect("a number in ROLLCALL_KILL_SEED"));
        Self::from_seed(told.unwrap_or_else(|| RandomState::new().hash_one("seed")))
    }

    pub fn from_seed(seed: u64) -> Self {
        // A state of zero would stay zero.
        Self { state: seed | 1 }
    }

    pub fn seed(&self) -> u64 {
        self.state
    }

    pub fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below the bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let index = usize::try_from(self.below(items.len() as u64)).expect("an index");
        &items[index]
    }
}
