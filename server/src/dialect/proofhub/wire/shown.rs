//! What is shown of a person where something else is kept, or nothing.

use super::super::zones;
use rollcall_core::domain::{Language, Person};
use std::char::ToUppercase;

/// The row of a person whose zone is not known, or is like none in ProofHub's list: UTC.
const ZONE_DEFAULT: u16 = 49;
/// The colour of the contract's examples, for a person who has none.
pub const COLOR_DEFAULT: &str = "#781f1f";
const LANGUAGE_DEFAULT: &str = "en";

/// The row of a person's time zone.
pub fn timezone(person: &Person) -> u16 {
    row(person.time_zone.as_ref().map(AsRef::as_ref), person.time_zone_row.map(|row| row.get()))
}

/// The row of a zone that was last written as the row `written`.
pub(super) fn row(zone: Option<&str>, written: Option<i64>) -> u16 {
    let written = written.and_then(|row| u16::try_from(row).ok());
    let zone = zone.and_then(|zone| zones::for_written(zone, written));
    zone.map_or(ZONE_DEFAULT, |zone| zone.id)
}

/// The language of a person.
pub fn language(language: Option<&Language>) -> String {
    language_code(language.map(Language::as_str)).to_ascii_lowercase()
}

/// What stands before the first hyphen: that is ProofHub's code where its list has the language, and says more than a wrong
/// language would where it has not. To be shown in lower case, as the codes of the list are.
pub(super) fn language_code(tag: Option<&str>) -> &str {
    let tag = tag.unwrap_or(LANGUAGE_DEFAULT);
    tag.split_once('-').map_or(tag, |(code, _)| code)
}

/// The stored initials, or else the first letters of both names, or of whatever the person goes by.
pub fn initials(person: &Person) -> String {
    if let Some(initials) = person.initials.as_ref().filter(|initials| !initials.as_str().is_empty()) {
        return initials.to_string();
    }
    let (first, last) = person.given_and_family();
    let letters: String = [first, last].into_iter().flatten().filter_map(first_letter).flatten().collect();
    if letters.is_empty() { first_letter(&person.name()).into_iter().flatten().collect() } else { letters }
}

/// The first letter or digit, as a capital.
pub(super) fn first_letter(text: &str) -> Option<ToUppercase> {
    text.chars().find(|character| character.is_alphanumeric()).map(char::to_uppercase)
}
