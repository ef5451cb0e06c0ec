//! Text that parses: every kind of text a record holds, its limits, and how it is compared.
//!
//! One generic type, [`Text`], carries the rule; a [`TextKind`] names the kind and its limit. Text is kept exactly
//! as it was given (leading blanks and all), except for e-mail addresses, which are trimmed.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use unicode_normalization::UnicodeNormalization;

/// Text that breaks the rule of its kind. The message is written for whoever sent it and never quotes the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} {reason}")]
pub struct InvalidText {
    pub field: &'static str,
    pub reason: String,
}

impl InvalidText {
    pub fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field, reason: reason.into() }
    }
}

/// What a kind of text is called and which values it takes.
pub trait TextKind {
    /// The canonical field's name, as errors print it.
    const FIELD: &'static str;
    /// In Unicode scalar values.
    const CHARACTERS_MAX: usize;
    /// Whether blank text is refused.
    const IS_REQUIRED: bool = false;

    /// A rule beyond length; the reason when it is broken.
    fn check(_text: &str) -> Result<(), &'static str> {
        Ok(())
    }

    /// What is kept of the given text.
    fn kept(text: &str) -> &str {
        text
    }
}

/// Valid text of kind `K`.
pub struct Text<K: TextKind>(Box<str>, PhantomData<fn() -> K>);

impl<K: TextKind> Text<K> {
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let text = K::kept(text);
        let refuse = |reason: &str| Err(InvalidText::new(K::FIELD, reason));
        if text.contains('\0') {
            return refuse("must not hold a NUL character");
        }
        // A character is at most four bytes, so most texts are accepted without counting.
        if text.len() > K::CHARACTERS_MAX && text.chars().count() > K::CHARACTERS_MAX {
            return Err(InvalidText::new(K::FIELD, format!("must have at most {} characters", K::CHARACTERS_MAX)));
        }
        if K::IS_REQUIRED && text.trim().is_empty() {
            return refuse("must not be empty");
        }
        match K::check(text) {
            Ok(()) => Ok(Self(text.into(), PhantomData)),
            Err(reason) => refuse(reason),
        }
    }

    /// Text that was parsed before it was stored.
    pub(crate) fn stored(text: &str) -> Self {
        Self(text.into(), PhantomData)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<K: TextKind> Clone for Text<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<K: TextKind> PartialEq for Text<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K: TextKind> Eq for Text<K> {}

impl<K: TextKind> Hash for Text<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K: TextKind> fmt::Debug for Text<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<K: TextKind> fmt::Display for Text<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<K: TextKind> AsRef<str> for Text<K> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The kinds. Types, not values: see the aliases below.
pub mod kind {
    use super::TextKind;

    macro_rules! kinds {
        ($($name:ident $field:literal $max:literal { $($rest:item)* })+) => {$(
            #[derive(Debug)]
            pub enum $name {}
            impl TextKind for $name {
                const FIELD: &'static str = $field;
                const CHARACTERS_MAX: usize = $max;
                $($rest)*
            }
        )+};
    }

    kinds! {
        Name "name" 400 {}
        Title "title" 400 {}
        LongLabel "name" 400 { const IS_REQUIRED: bool = true; }
        Phone "phone" 100 {}
        Department "department" 400 {}
        EmployeeNumber "employee_number" 100 {}
        Initials "initials" 100 {}
        Description "description" 20000 {}
        AdditionalInformation "additional_information" 20000 {}
        ExternalId "external_id" 255 { const IS_REQUIRED: bool = true; }
        Login "login" 255 { const IS_REQUIRED: bool = true; }
        Code "code" 50 { const IS_REQUIRED: bool = true; }
        Email "email" 254 {
            fn kept(text: &str) -> &str {
                text.trim()
            }
            fn check(text: &str) -> Result<(), &'static str> {
                let is_address = text
                    .rsplit_once('@')
                    .is_some_and(|(local, host)| !local.is_empty() && !local.contains('@') && !host.is_empty());
                // RFC 5321 section 4.5.3.1.3 counts a path's limit in bytes.
                if !is_address || text.contains(char::is_whitespace) || text.len() > 254 {
                    return Err("must look like name@host and have at most 254 bytes");
                }
                Ok(())
            }
        }
        Language "language" 35 {
            fn check(text: &str) -> Result<(), &'static str> {
                let is_tag = text.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
                if is_tag { Ok(()) } else { Err("must be a language tag such as en or pt-BR (RFC 5646)") }
            }
        }
        TimeZone "time_zone" 100 {
            fn check(text: &str) -> Result<(), &'static str> {
                match jiff::tz::TimeZone::get(text) {
                    Ok(_) => Ok(()),
                    Err(_) => Err("must be a name of the IANA time zone database, such as Europe/Oslo"),
                }
            }
        }
        Photo "photo" 2000 {
            fn check(text: &str) -> Result<(), &'static str> {
                let is_web_address = text.starts_with("https://") || text.starts_with("http://");
                if is_web_address && !text.contains(char::is_whitespace) { Ok(()) } else { Err("must be an http or https address") }
            }
        }
        ProfileUrl "profile_url" 2000 {
            fn check(text: &str) -> Result<(), &'static str> {
                Photo::check(text)
            }
        }
        UserType "user_type" 400 {}
        Locale "locale" 35 {
            fn check(text: &str) -> Result<(), &'static str> {
                let is_word = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
                // Java's spelling, en_US, is what some identity providers send.
                if text.split(['-', '_']).all(is_word) { Ok(()) } else { Err("must be a locale such as en-US") }
            }
        }
        ImAddress "ims" 400 { const IS_REQUIRED: bool = true; }
        Entitlement "entitlements" 2000 { const IS_REQUIRED: bool = true; }
        Certificate "certificates" 20000 {
            const IS_REQUIRED: bool = true;
            fn check(text: &str) -> Result<(), &'static str> {
                let is_base64 = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte));
                if is_base64 { Ok(()) } else { Err("must be base64 without line breaks") }
            }
        }
        EntryType "type" 100 {}
        EntryDisplay "display" 400 {}
        AddressPart "addresses" 2000 {}
        Color "profile_color" 7 {
            fn check(text: &str) -> Result<(), &'static str> {
                let is_color = text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
                if is_color { Ok(()) } else { Err("must look like #781f1f") }
            }
        }
    }
}

/// A part of a name, or a whole one.
pub type Name = Text<kind::Name>;
/// What somebody is called at work, as free text.
pub type Title = Text<kind::Title>;
/// The name of a group, role, job title, level, price list or organization: never blank.
pub type LongLabel = Text<kind::LongLabel>;
/// A telephone number as it was written.
pub type Phone = Text<kind::Phone>;
/// The name of a department.
pub type Department = Text<kind::Department>;
/// The number that payroll knows somebody by.
pub type EmployeeNumber = Text<kind::EmployeeNumber>;
/// Initials, computed or chosen.
pub type Initials = Text<kind::Initials>;
/// Free text about a record.
pub type Description = Text<kind::Description>;
/// More free text about a record.
pub type AdditionalInformation = Text<kind::AdditionalInformation>;
/// The id that another system gave a record.
pub type ExternalId = Text<kind::ExternalId>;
/// A username: unique in its organization by [`unique_key`].
pub type Login = Text<kind::Login>;
/// A short word that names a role to programs, such as `ROLE_USER`.
pub type Code = Text<kind::Code>;
/// An e-mail address.
pub type Email = Text<kind::Email>;
/// A language tag (RFC 5646).
pub type Language = Text<kind::Language>;
/// A name of the IANA time zone database.
pub type TimeZone = Text<kind::TimeZone>;
/// The address of a picture.
pub type Photo = Text<kind::Photo>;
/// The address of a page about somebody.
pub type ProfileUrl = Text<kind::ProfileUrl>;
/// What somebody is to the organization, in the organization's own words.
pub type UserType = Text<kind::UserType>;
/// Where somebody is from, as far as dates and numbers are written there: a language tag, or `en_US`.
pub type Locale = Text<kind::Locale>;
/// What one of several addresses or numbers is for, such as `work`.
pub type EntryType = Text<kind::EntryType>;
/// What one of several addresses or numbers is called.
pub type EntryDisplay = Text<kind::EntryDisplay>;
/// A line, or several, of a postal address.
pub type AddressPart = Text<kind::AddressPart>;
/// `#rrggbb`.
pub type Color = Text<kind::Color>;

/// Full Unicode case folding without normalization: how text is compared and ordered, on every backend.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    caseless::default_case_fold_str(text)
}

/// What makes a login or an e-mail address the same as another: trimmed, NFKC, case-folded.
///
/// Normalized once more after folding, because folding can leave text unnormalized (Unicode TR 15, NFKC_Casefold).
pub fn unique_key(text: &str) -> String {
    if text.is_ascii() {
        return text.trim().to_ascii_lowercase();
    }
    let normalized: String = text.trim().nfkc().collect();
    folded(&normalized).nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_exactly() {
        let name = Name::parse("  O'Neill ß e\u{301} 🦀").expect("a name");

        assert_eq!(name.as_str(), "  O'Neill ß e\u{301} 🦀");
    }

    #[test]
    fn text_with_nul_is_refused() {
        assert_eq!(Name::parse("a\0b").map_err(|error| error.to_string()), Err("name must not hold a NUL character".to_owned()));
    }

    #[test]
    fn the_limit_counts_characters_not_bytes() {
        assert!(Name::parse(&"🦀".repeat(400)).is_ok());
        assert!(Name::parse(&"a".repeat(401)).is_err());
    }

    #[test]
    fn an_address_has_one_at_sign() {
        let accepted = ["a@b", " jane@example.com ", "@b", "a@", "a@b@c", "a b@c", "", "plain"].map(|text| Email::parse(text).is_ok());

        assert_eq!(accepted, [true, true, false, false, false, false, false, false]);
    }

    #[test]
    fn folding_is_full_and_does_not_normalize() {
        assert_eq!(folded("STRASSE"), folded("Straße"));
        assert_ne!(folded("é"), folded("e\u{301}"));
    }

    #[test]
    fn unique_keys_ignore_blanks_width_and_case() {
        assert_eq!(unique_key(" ＪＡＮＥ "), unique_key("jane"));
        assert_eq!(unique_key("é"), unique_key("E\u{301}"));
    }
}
