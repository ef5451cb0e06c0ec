//! Words that are looked for, as people type them: in any order, without accents, with one typo.

use super::texts::{digits, words};
use crate::store::PersonField;
use crate::store::record::PackedPerson;

/// Letters of the shortest word in which a typo is forgiven.
const TYPO_LETTERS: usize = 4;
/// Words of one search; more are not looked at.
const WORDS_MAX: usize = 16;

/// How well a word is found; the first is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A word of a name begins with it, or it is somebody's number.
    Name,
    /// Another word begins with it.
    Word,
    /// It stands inside a word.
    Inside,
    /// It is a word but for one letter changed, missing, added, or two swapped.
    Typo,
}

/// Where words are looked for, those of the name first.
const NAMES: [PersonField; 3] = [PersonField::DisplayName, PersonField::GivenName, PersonField::FamilyName];
const OTHERS: [PersonField; 4] = [PersonField::Login, PersonField::Email, PersonField::Title, PersonField::Department];

/// A search as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LookedFor {
    words: Vec<Vec<char>>,
}

impl LookedFor {
    pub(crate) fn parse(text: &str) -> Self {
        Self { words: words(text).iter().take(WORDS_MAX).map(|word| word.chars().collect()).collect() }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn words(&self) -> &[Vec<char>] {
        &self.words
    }

    /// How well all the words are found in a person: the worst of them, then the sum. `None`: some is not found.
    pub(super) fn rank(&self, person: &PackedPerson<'_>) -> Option<(Rank, usize)> {
        let cut = |fields: &[PersonField]| -> Vec<Vec<char>> {
            let texts = fields.iter().filter_map(|field| person.text(*field));
            texts.flat_map(|text| words(&text)).map(|word| word.chars().collect()).collect()
        };
        let (names, mut others) = (cut(&NAMES), cut(&OTHERS));
        if let Some(phone) = person.text(PersonField::Phone) {
            others.extend(words(&phone).into_iter().chain([digits(&phone)]).map(|word| word.chars().collect()));
        }
        let number: Vec<char> = person.number(PersonField::Number).map(|number| number.to_string().chars().collect()).unwrap_or_default();
        others.push(number.clone());
        let one = |word: &Vec<char>| if *word == number { Some(Rank::Name) } else { rank_in(word, &names, &others) };
        let ranks = self.words.iter().map(one).collect::<Option<Vec<_>>>()?;
        Some((*ranks.iter().max()?, ranks.iter().map(|rank| *rank as usize).sum()))
    }
}

/// How well a word is found among the words of a name and others.
fn rank_in(word: &[char], names: &[Vec<char>], others: &[Vec<char>]) -> Option<Rank> {
    let all = || names.iter().chain(others);
    if names.iter().any(|name| name.starts_with(word)) {
        Some(Rank::Name)
    } else if others.iter().any(|other| other.starts_with(word)) {
        Some(Rank::Word)
    } else if all().any(|other| other.windows(word.len()).any(|part| part == word)) {
        Some(Rank::Inside)
    } else if all().any(|other| is_typo(word, other)) {
        Some(Rank::Typo)
    } else {
        None
    }
}

/// Whether a word is found in a label, which is words with blanks between.
pub(super) fn is_in_label(word: &[char], label: &str) -> bool {
    let labels: Vec<Vec<char>> = label.split(' ').map(|word| word.chars().collect()).collect();
    rank_in(word, &[], &labels).is_some()
}

/// Whether a word is long enough, and no number: with another digit it is another number.
fn may_have_typo(typed: &[char]) -> bool {
    typed.len() >= TYPO_LETTERS && !is_number(typed)
}

pub(super) fn is_number(word: &[char]) -> bool {
    word.iter().all(char::is_ascii_digit)
}

/// Whether one letter changed, missing, added, or two neighbours swapped make one word the other.
fn is_typo(typed: &[char], meant: &[char]) -> bool {
    if !may_have_typo(typed) || typed.len().abs_diff(meant.len()) > 1 {
        return false;
    }
    let alike = typed.iter().zip(meant).take_while(|(left, right)| left == right).count();
    let (typed, meant) = (&typed[alike..], &meant[alike..]);
    match (typed, meant) {
        ([], []) => false,
        ([_, typed @ ..], meant) if typed == meant => true,
        (typed, [_, meant @ ..]) if typed == meant => true,
        ([_, typed @ ..], [_, meant @ ..]) if typed == meant => true,
        ([first, second, typed @ ..], [other, another, meant @ ..]) => (first, second) == (another, other) && typed == meant,
        _ => false,
    }
}

/// Every word that a typed one may stand for by a typo, with a gap for a letter that may be any.
pub(super) fn meant_by(typed: &[char]) -> Vec<Vec<Option<char>>> {
    if !may_have_typo(typed) {
        return Vec::new();
    }
    let letters: Vec<Option<char>> = typed.iter().copied().map(Some).collect();
    let mut meant = Vec::new();
    for place in 0..=letters.len() {
        let (before, after) = letters.split_at(place);
        meant.push([before, &[None], after].concat());
        if let [first, rest @ ..] = after {
            meant.push([before, &[None], rest].concat());
            meant.push([before, rest].concat());
            if let [second, rest @ ..] = rest {
                meant.push([before, &[*second, *first], rest].concat());
            }
        }
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The distance of optimal string alignment, by its textbook table.
    fn distance(left: &[char], right: &[char]) -> usize {
        let mut table: Vec<Vec<usize>> = (0..=left.len()).map(|i| (i..=i + right.len()).collect()).collect();
        for i in 1..=left.len() {
            for j in 1..=right.len() {
                let changed = table[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                table[i][j] = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                    table[i][j] = table[i][j].min(table[i - 2][j - 2] + 1);
                }
            }
        }
        table[left.len()][right.len()]
    }

    fn letters(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    proptest! {
        #[test]
        fn a_typo_is_a_distance_of_one(typed in "[abcé]{0,7}", meant in "[abcé]{0,7}") {
            let (typed, meant) = (letters(&typed), letters(&meant));

            prop_assert_eq!(is_typo(&typed, &meant), typed.len() >= TYPO_LETTERS && distance(&typed, &meant) == 1);
        }

        #[test]
        fn whatever_a_typo_stands_for_is_among_what_is_meant(typed in "[abc]{4,7}", meant in "[abc]{3,8}") {
            let (typed, meant) = (letters(&typed), letters(&meant));
            let fits = |pattern: &Vec<Option<char>>| {
                pattern.len() == meant.len() && pattern.iter().zip(&meant).all(|(letter, meant)| letter.is_none_or(|letter| letter == *meant))
            };

            prop_assert!(!is_typo(&typed, &meant) || meant_by(&typed).iter().any(fits));
        }
    }

    #[test]
    fn a_word_is_ranked_by_where_it_is_found() {
        let (names, others) = ([letters("jan"), letters("jansen")], [letters("advocate"), letters("mjansen")]);
        let ranked = |word| rank_in(&letters(word), &names, &others);

        assert_eq!(ranked("jans"), Some(Rank::Name));
        assert_eq!(ranked("adv"), Some(Rank::Word));
        assert_eq!(ranked("ans"), Some(Rank::Inside));
        assert_eq!(ranked("janson"), Some(Rank::Typo));
        assert_eq!(ranked("jon"), None);
    }

    #[test]
    fn another_digit_is_no_typo() {
        assert!(!is_typo(&letters("12345"), &letters("12346")) && meant_by(&letters("12345")).is_empty());
    }
}
