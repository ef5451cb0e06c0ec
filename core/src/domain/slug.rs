//! The short name of an organization in addresses.

use super::InvalidText;
use std::fmt;

/// 2 to 63 of `[a-z0-9-]`, not all digits, and not a path segment that an API or a page already uses.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(Box<str>);

impl Slug {
    /// First path segments that are in use at the root, so no organization can be called so.
    pub const RESERVED: [&str; 13] =
        ["api", "apiintegration", "assets", "console", "docs", "favicon-ico", "livez", "metrics", "oauth", "readyz", "scim", "v1", "v3"];

    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let refuse = |reason: &str| Err(InvalidText::new("slug", reason));
        if !Self::has_its_form(text) {
            return refuse("must be 2 to 63 of the characters a-z, 0-9 and -, and not digits alone");
        }
        if Self::RESERVED.contains(&text) {
            return refuse("is a word that Rollcall's own addresses use");
        }
        Ok(Self(text.into()))
    }

    fn has_its_form(text: &str) -> bool {
        (2..=63).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// A slug that was parsed before it was stored.
    pub(crate) fn stored(text: &str) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_short_plain_and_free() {
        let accepted = ["senate", "a1", "x-y", "a", "12", "Senate", "a_b", "api", "scim", ""].map(|text| Slug::parse(text).is_ok());

        assert_eq!(accepted, [true, true, true, false, false, false, false, false, false, false]);
    }
}
