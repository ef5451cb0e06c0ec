//! What of a person can be looked for, and how text is cut into *grams*: three letters each.

use crate::domain::{Person, folded};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Three letters or digits that follow one another, or the one or two of a run that has no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Gram(u64);

/// Bits of one letter.
const LETTER: u32 = 21;

impl Gram {
    pub(super) fn new(letters: [char; 3]) -> Self {
        Self(letters.iter().fold(0, |gram, letter| gram << LETTER | u64::from(u32::from(*letter))))
    }

    /// Of a run of one or two letters: no text holds NUL, so none of three letters looks like it.
    fn short(letters: &[char]) -> Self {
        let letter = |place: usize| letters.get(place).copied().unwrap_or('\0');
        Self::new([letter(0), letter(1), '\0'])
    }

    /// The letter at a place, as a number.
    const fn letter(self, place: u32) -> u64 {
        self.0 >> (LETTER * (2 - place)) & ((1 << LETTER) - 1)
    }

    /// Whether a run with this gram holds these one or two letters there.
    pub(super) fn holds(self, letters: &[char]) -> bool {
        let at = |start: u32| letters.iter().zip(start..).all(|(letter, place)| self.letter(place) == u64::from(u32::from(*letter)));
        (0..=3_u32.saturating_sub(letters.len() as u32)).any(at)
    }

    /// Whether it is these three letters, of which any that is not said may be anything.
    pub(super) fn is_like(self, letters: [Option<char>; 3]) -> bool {
        let is_one = |(place, letter): (u32, &Option<char>)| letter.is_none_or(|letter| self.letter(place) == u64::from(u32::from(letter)));
        (0..).zip(&letters).all(is_one)
    }
}

/// The runs of letters and digits in a text. What stands between them would take much room and finds hardly anybody.
pub(super) fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|run| !run.is_empty())
}

/// Calls `take` with every gram of a text, some of them several times.
pub(super) fn each_gram(text: &str, mut take: impl FnMut(Gram)) {
    runs(text).for_each(|run| each_gram_of_run(run, &mut take));
}

fn each_gram_of_run(run: &str, take: &mut impl FnMut(Gram)) {
    let mut letters = run.chars();
    let (Some(mut first), second) = (letters.next(), letters.next()) else { return };
    let (Some(mut second), third) = (second, letters.next()) else { return take(Gram::short(&[first])) };
    let Some(mut third) = third else { return take(Gram::short(&[first, second])) };
    loop {
        take(Gram::new([first, second, third]));
        let Some(next) = letters.next() else { return };
        (first, second, third) = (second, third, next);
    }
}

/// Calls `take` with the letters on both sides of every blank between two words, and the blank between them. In names these find
/// far fewer than the letters of one word.
pub(super) fn each_bridge(text: &str, mut take: impl FnMut(Gram)) {
    for (place, _) in text.match_indices(' ') {
        let sides = (text[..place].chars().next_back(), text[place + 1..].chars().next());
        if let (Some(before), Some(after)) = sides
            && before.is_alphanumeric()
            && after.is_alphanumeric()
        {
            take(Gram::new([before, ' ', after]));
        }
    }
}

/// The texts of a person that filters look into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The whole name and its parts.
    Name,
    Login,
    Email,
    Phone,
    Description,
    AdditionalInformation,
}

impl Place {
    pub(super) const ALL: [Self; 6] = [Self::Name, Self::Login, Self::Email, Self::Phone, Self::Description, Self::AdditionalInformation];

    /// Whether it is a remark, which may be long.
    pub(super) const fn is_remark(self) -> bool {
        matches!(self, Self::Description | Self::AdditionalInformation)
    }
}

/// The grams of somebody's texts, each with the places where it stands, as bits in the order of [`Place::ALL`].
pub(super) fn grams_of(person: &Person, with_remarks: bool) -> BTreeMap<Gram, u8> {
    let mut grams = BTreeMap::new();
    for (place, texts) in texts_of(person, with_remarks) {
        for text in texts {
            let whole = folded(&text);
            let mut take = |gram| *grams.entry(gram).or_insert(0) |= 1 << place as u8;
            each_gram(&whole, &mut take);
            if place == Place::Name {
                each_bridge(&whole, &mut take);
            }
            if matches!(place, Place::Name | Place::Login | Place::Email) && !is_plain(&text) {
                for word in words(&text) {
                    each_gram(&word, |gram| *grams.entry(gram).or_insert(0) |= 0);
                }
            }
            if place == Place::Phone {
                each_gram(&digits(&text), |gram| *grams.entry(gram).or_insert(0) |= 0);
            }
        }
    }
    grams
}

fn texts_of(person: &Person, with_remarks: bool) -> Vec<(Place, Vec<String>)> {
    fn one<T: AsRef<str>>(text: Option<&T>) -> Vec<String> {
        text.map(|text| text.as_ref().to_owned()).into_iter().collect()
    }
    let mut names = vec![person.name()];
    for part in [&person.display_name, &person.given_name, &person.family_name].into_iter().flatten() {
        if !names[0].contains(part.as_str()) {
            names.push(part.to_string());
        }
    }
    let mut texts = vec![
        (Place::Name, names),
        (Place::Login, one(person.login.as_ref())),
        (Place::Email, one(person.email.as_ref())),
        (Place::Phone, one(person.phone.as_ref())),
    ];
    if with_remarks {
        texts.push((Place::Description, one(person.description.as_ref())));
        texts.push((Place::AdditionalInformation, one(person.additional_information.as_ref())));
    }
    texts
}

/// Whether the words of a text stand in its folded form just so.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii() && byte != b'\'' && byte != b'`')
}

/// A text without accents and without case: decomposed, marks dropped, folded.
fn blind(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare: String = text.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    // Folding may compose what is to be taken apart again.
    folded(&bare).nfd().filter(|letter| !is_combining_mark(*letter)).collect()
}

/// The digits of a telephone number as they are dialled, without what people write between them.
pub(super) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// The words of a text without accents and without case. An apostrophe does not part a word: O'Neill is one.
pub(super) fn words(text: &str) -> Vec<String> {
    let is_apostrophe = |letter: char| matches!(letter, '\'' | '`' | '´' | '‘' | '’' | 'ʼ' | 'ʻ' | 'ʹ' | '′');
    let whole: String = text.chars().filter(|letter| !is_apostrophe(*letter)).collect();
    let blind = blind(&whole);
    runs(&blind).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grams(text: &str) -> Vec<Gram> {
        let mut grams = Vec::new();
        each_gram(text, |gram| grams.push(gram));
        grams
    }

    #[test]
    fn the_runs_of_a_text_are_cut_into_every_three_letters_that_follow_one_another() {
        assert_eq!(grams("jané"), [Gram::new(['j', 'a', 'n']), Gram::new(['a', 'n', 'é'])]);
        assert_eq!(grams("太郎"), [Gram::new(['太', '郎', '\0'])]);
        assert_eq!(grams("x"), [Gram::new(['x', '\0', '\0'])]);
        assert_eq!(grams("x'jané"), [Gram::new(['x', '\0', '\0']), Gram::new(['j', 'a', 'n']), Gram::new(['a', 'n', 'é'])]);
        assert_eq!(grams(" @🦀"), []);
    }

    #[test]
    fn a_gram_tells_which_letters_it_holds() {
        let gram = Gram::new(['j', 'a', 'n']);

        assert!([&['j'][..], &['n'], &['j', 'a'], &['a', 'n']].into_iter().all(|letters| gram.holds(letters)));
        assert!([&['x'][..], &['j', 'n'], &['n', 'j']].into_iter().all(|letters| !gram.holds(letters)));
        assert!(gram.is_like([None, Some('a'), None]) && !gram.is_like([Some('a'), None, None]));
    }

    #[test]
    fn words_are_bare_of_accents_case_and_what_stands_around_them() {
        assert_eq!(words("  Éloïse O’Neill-Smith (山田) "), ["eloise", "oneill", "smith", "山田"]);
        assert_eq!(words("STRASSE e\u{301}A İ"), ["strasse", "ea", "i"]);
        assert_eq!(words("مُحَمَّد"), ["محمد"]);
        assert_eq!(words("...!"), Vec::<String>::new());
    }
}
