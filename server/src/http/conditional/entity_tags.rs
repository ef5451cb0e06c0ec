//! The lists of entity tags in `If-Match` and `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1).

use axum::http::{HeaderMap, HeaderName};
use rollcall_core::directory::Version;

/// What one of the two headers names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EntityTags {
    /// `*`: whatever there is.
    Any,
    List(Vec<EntityTag>),
}

/// One tag as a client sent it. It may be no tag of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntityTag {
    is_weak: bool,
    opaque: Vec<u8>,
}

/// A header that is no list of entity tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

impl EntityTags {
    /// The tags in all lines of this header; `None` without one.
    pub fn of(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Self>, Malformed> {
        let lines: Vec<&[u8]> = headers.get_all(name).iter().map(|line| line.as_bytes()).collect();
        if lines.is_empty() { Ok(None) } else { Self::parse(&lines.join(&b',')).map(Some) }
    }

    /// Elements of a list may be empty (section 5.6.1.2), and commas are allowed inside of tags.
    fn parse(text: &[u8]) -> Result<Self, Malformed> {
        if text.trim_ascii() == b"*" {
            return Ok(Self::Any);
        }
        let mut tags = Vec::new();
        let mut rest = text.trim_ascii_start();
        while !rest.is_empty() {
            if !rest.starts_with(b",") {
                let (tag, after) = EntityTag::take(rest).ok_or(Malformed)?;
                tags.push(tag);
                rest = after.trim_ascii_start();
            }
            rest = match rest {
                [] => rest,
                [b',', after @ ..] => after.trim_ascii_start(),
                _ => return Err(Malformed),
            };
        }
        Ok(Self::List(tags))
    }

    /// Whether this opaque text is named, by weak comparison (section 8.8.3.2).
    pub fn names(&self, opaque: &str) -> bool {
        match self {
            Self::Any => true,
            Self::List(tags) => tags.iter().any(|tag| tag.opaque == opaque.as_bytes()),
        }
    }
}

impl EntityTag {
    /// The tag at the beginning of a text, and what follows it.
    fn take(text: &[u8]) -> Option<(Self, &[u8])> {
        let (is_weak, quoted) = text.strip_prefix(b"W/").map_or((false, text), |quoted| (true, quoted));
        let inside = quoted.strip_prefix(b"\"")?;
        let end = inside.iter().position(|byte| *byte == b'"')?;
        let (opaque, after) = inside.split_at(end);
        let is_opaque = opaque.iter().all(|byte| matches!(byte, 0x21 | 0x23..=0x7e | 0x80..));
        is_opaque.then(|| (Self { is_weak, opaque: opaque.to_owned() }, &after[1..]))
    }

    pub const fn is_weak(&self) -> bool {
        self.is_weak
    }

    /// The version that the tag begins with, if it is a tag of ours.
    pub fn version(&self) -> Option<Version> {
        let text = str::from_utf8(&self.opaque).ok()?;
        let end = text.match_indices('-').nth(1).map_or(text.len(), |(at, _)| at);
        text[..end].parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(is_weak: bool, opaque: &str) -> EntityTag {
        EntityTag { is_weak, opaque: opaque.as_bytes().to_owned() }
    }

    #[test]
    fn a_list_of_tags_is_read_with_its_blanks_and_empty_elements() {
        let list = EntityTags::List(vec![tag(false, "a,b"), tag(true, "c"), tag(false, "")]);

        for text in [r#""a,b", W/"c", """#, r#","a,b",	,W/"c","","#, r#" "a,b"  ,  W/"c" , "" "#] {
            assert_eq!(EntityTags::parse(text.as_bytes()), Ok(list.clone()), "{text}");
        }
    }

    #[test]
    fn an_asterisk_stands_alone() {
        assert_eq!(EntityTags::parse(b" * "), Ok(EntityTags::Any));
        assert_eq!(EntityTags::parse(br#"*, "a""#), Err(Malformed));
    }

    #[test]
    fn a_header_without_tags_names_none() {
        assert_eq!(EntityTags::parse(b""), Ok(EntityTags::List(Vec::new())));
    }

    #[test]
    fn what_is_no_tag_is_malformed() {
        for text in ["a", "\"a", "a\"", "'a'", "w/\"a\"", "W/ \"a\"", "\"a b\"", "\"a\"\"b\"", "\"a\" \"b\"", "\"a\";q=1"] {
            assert_eq!(EntityTags::parse(text.as_bytes()), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn bytes_beyond_ascii_are_allowed_in_a_tag() {
        assert!(EntityTags::parse("\"é\"".as_bytes()).is_ok());
    }

    #[test]
    fn a_tag_of_ours_begins_with_its_version() {
        let version = tag(false, "2a-1f").version().expect("a version");

        assert_eq!(version.to_string(), "2a-1f");
        assert_eq!(tag(false, "2a-1f-3-plain").version(), Some(version));
        assert!(["", "2a", "-", "x-y", "2a-", "2A-1f", "2a--1"].iter().all(|text| tag(false, text).version().is_none()));
    }
}
