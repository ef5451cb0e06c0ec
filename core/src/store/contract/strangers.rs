//! People with names that break careless programs, the same ones at every run.

use super::line;
use crate::directory::Line;

/// Pieces of text that mean something to SQL, to patterns, to trigrams or to Unicode.
const PIECES: [&str; 29] = [
    "'",
    "''",
    "%",
    "_",
    "\\",
    "\"",
    "🦀",
    "👩‍👩‍👧",
    "e\u{301}",
    "é",
    " ",
    "  ",
    "ß",
    "SS",
    "İ",
    "ı",
    "Σ",
    "ς",
    "o'neill",
    "Warren",
    "ana",
    "AN",
    "and",
    "x",
    "*",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
];

/// A source of small numbers that depends on nothing but its beginning (xorshift).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or(0)
    }

    /// Up to `most` pieces joined.
    pub(super) fn text(&mut self, most: usize) -> String {
        (0..self.below(most + 1)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}

/// So many lines of people, all different by external id and login.
pub(super) fn strangers(count: u64) -> Vec<Line> {
    let mut dice = Dice::new(0x5eed);
    (1..=count).map(|number| stranger(number, &mut dice)).collect()
}

fn stranger(number: u64, dice: &mut Dice) -> Line {
    let external_id = format!("E{number}");
    let login = if dice.below(3) == 0 { String::new() } else { format!("{}{number}", dice.text(2)) };
    let email = if dice.below(3) == 0 { String::new() } else { format!("p{}@example.com", dice.below(40)) };
    let (given, family, whole) = (dice.text(4), dice.text(4), if dice.below(2) == 0 { dice.text(5) } else { String::new() });
    let (phone, description, more) = (dice.text(2), dice.text(6), dice.text(3));
    let account = ["active", "blocked", "none"][dice.below(3)];
    line(
        number + 1,
        &[
            ("external_id", &external_id),
            ("login", &login),
            ("email", &email),
            ("given_name", &given),
            ("family_name", &family),
            ("display_name", &whole),
            ("phone", &phone),
            ("description", &description),
            ("additional_information", &more),
            ("account", account),
            ("job_title", ["", "Designer", "Engineer"][dice.below(3)]),
        ],
    )
}
