//! Every word of every page, in each language. A page cannot be built with a text that one of them lacks.
//!
//! Each part of the console has a file of its own here, made by [`catalogue`]; [`Texts`] is all of them.

/// Makes the type of the texts of one part, and its value in each language, of lines `name: English, German;`.
macro_rules! catalogue {
    ($(#[$doc:meta])* $part:ident, $($name:ident: $english:literal, $german:literal;)*) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $part {
            $(pub $name: &'static str,)*
        }

        impl $part {
            pub(super) const ENGLISH: &Self = &Self { $($name: $english,)* };
            pub(super) const GERMAN: &Self = &Self { $($name: $german,)* };
        }
    };
}

mod common;
mod group;
mod people;
mod person;

pub use common::Common;
pub use group::GroupTexts;
pub use people::PeopleList;
pub use person::PersonTexts;
use std::ops::Deref;

/// The texts of one language.
#[derive(Debug)]
pub struct Texts {
    /// As `lang` in HTML has it (BCP 47).
    pub language: &'static str,
    common: &'static Common,
    pub group: &'static GroupTexts,
    pub people_list: &'static PeopleList,
    pub person: &'static PersonTexts,
}

static ENGLISH: Texts = Texts {
    language: "en",
    common: Common::ENGLISH,
    group: GroupTexts::ENGLISH,
    people_list: PeopleList::ENGLISH,
    person: PersonTexts::ENGLISH,
};
static GERMAN: Texts = Texts {
    language: "de",
    common: Common::GERMAN,
    group: GroupTexts::GERMAN,
    people_list: PeopleList::GERMAN,
    person: PersonTexts::GERMAN,
};

/// What all pages share is said without naming a part: `texts.sign_in`.
impl Deref for Texts {
    type Target = Common;

    fn deref(&self) -> &Common {
        self.common
    }
}

impl Texts {
    /// In the order of preference where a browser has none.
    pub const LANGUAGES: [&str; 2] = ["en", "de"];

    /// The texts of a language, by its code; English is for everybody else.
    pub fn of(language: &str) -> &'static Self {
        if language == "de" { &GERMAN } else { &ENGLISH }
    }

    /// The language that this one is exchanged for.
    pub fn other_language(&self) -> &'static str {
        if self.language == "de" { "en" } else { "de" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_own_texts() {
        for language in Texts::LANGUAGES {
            assert_eq!(Texts::of(language).language, language);
        }
        assert_ne!(ENGLISH.sign_in, GERMAN.sign_in);
    }

    #[test]
    fn a_language_that_is_not_there_is_english() {
        assert_eq!(Texts::of("xx").language, "en");
    }
}
