//! The six languages that ProofHub offers, in its order. `GET languages` is this list.

use serde::Serialize;

/// A language as ProofHub writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Language {
    /// The two-letter code that a person's `language` holds.
    pub language: &'static str,
    /// The name in English.
    pub title: &'static str,
}

/// Every language, in ProofHub's order.
pub static LANGUAGES: &[Language] = &[
    Language { language: "en", title: "English" },
    Language { language: "fr", title: "French" },
    Language { language: "de", title: "German" },
    Language { language: "pl", title: "Polish" },
    Language { language: "pt", title: "Portuguese" },
    Language { language: "es", title: "Spanish" },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_six_codes_are_in_the_vendors_order() {
        let codes: Vec<&str> = LANGUAGES.iter().map(|language| language.language).collect();

        assert_eq!(codes, ["en", "fr", "de", "pl", "pt", "es"]);
    }

    #[test]
    fn a_language_is_written_with_its_code_and_title() {
        assert_eq!(serde_json::to_string(&LANGUAGES[0]).unwrap(), r#"{"language":"en","title":"English"}"#);
    }
}
