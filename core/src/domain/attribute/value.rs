//! A value of a custom attribute, kept as its type, and how it is written: as JSON and as text.

use super::limits::CHARACTERS_MAX;
use super::parse;
use crate::domain::{Instant, InvalidText};
use serde_json::{Map, Value as Json, json};

/// The value of one attribute of one record. Whether it fits is for its [`Definition`](super::Definition) to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeValue {
    /// Of Text, Paragraph, Link and E-mail.
    Text(Box<str>),
    Number(Finite),
    /// Of Date/Time.
    Moment(Instant),
    /// Of Outline and List of Options.
    List(Vec<Box<str>>),
    Relationship(Relationship),
    /// Of Attachment and Image: what is known of each file.
    Files(Vec<Map<String, Json>>),
}

/// A number that is no infinity; zero has no sign.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Finite(f64);

/// Sound, because no [`Finite`] is NaN.
impl Eq for Finite {}

impl Finite {
    /// `None`: it is infinite or not a number.
    pub fn new(number: f64) -> Option<Self> {
        // Adding zero takes the sign of a negative zero away.
        number.is_finite().then_some(Self(number + 0.0))
    }

    pub const fn get(self) -> f64 {
        self.0
    }

    /// How many decimals the shortest text of it has.
    pub(super) fn decimals(self) -> usize {
        self.to_text().split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }

    /// The shortest text that is this number alone, without an exponent.
    pub fn to_text(self) -> String {
        self.0.to_string()
    }

    /// A whole number is written without a point as long as a double holds every neighbour of it.
    pub fn to_json(self) -> Json {
        const WHOLE_END: f64 = 9_007_199_254_740_992.0;
        if self.0.fract() == 0.0 && self.0.abs() < WHOLE_END { json!(self.0 as i64) } else { json!(self.0) }
    }
}

/// Another object, by its id, its caption or both; never by neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    id: Option<Box<str>>,
    caption: Option<Box<str>>,
}

impl Relationship {
    /// `None`: there is neither, or one is blank.
    pub fn new(id: Option<&str>, caption: Option<&str>) -> Option<Self> {
        let is_blank = [id, caption].into_iter().flatten().any(|text| text.trim().is_empty());
        let is_sound = (id.is_some() || caption.is_some()) && !is_blank;
        is_sound.then(|| Self { id: id.map(Into::into), caption: caption.map(Into::into) })
    }

    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    pub fn caption(&self) -> Option<&str> {
        self.caption.as_deref()
    }
}

impl AttributeValue {
    /// A text; the greatest length of any value and the absence of NUL are all that is asked of it.
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let value = Self::Text(text.into());
        value.check().map_err(|reason| InvalidText::new("custom attribute", reason))?;
        Ok(value)
    }

    /// What is asked of every value, whatever its type.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.holds_nul() {
            return Err("must not hold a NUL character".to_owned());
        }
        if self.characters() > CHARACTERS_MAX as usize {
            return Err(format!("must have at most {CHARACTERS_MAX} characters"));
        }
        Ok(())
    }

    /// As APIs show it and take it, and as JSON lines hold it.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => json!(text),
            Self::Number(number) => number.to_json(),
            Self::Moment(instant) => json!(instant.to_milliseconds_text()),
            Self::List(items) => json!(items),
            Self::Relationship(related) => json!({ "Id": related.id, "Caption": related.caption }),
            Self::Files(files) => json!(files),
        }
    }

    /// As a cell of CSV holds it: lists with `;` between their items, and JSON where that would be misread.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Number(number) => number.to_text(),
            Self::Moment(instant) => instant.to_milliseconds_text(),
            Self::List(items) => {
                let joined = items.join(";");
                if parse::items(&joined) == *items { joined } else { json!(items).to_string() }
            }
            Self::Relationship(related) => match related.caption() {
                Some(caption) if parse::relationship_text(caption).as_ref() == Ok(related) => caption.to_owned(),
                _ => self.to_json().to_string(),
            },
            Self::Files(_) => self.to_json().to_string(),
        }
    }

    /// How much text there is in it, in Unicode scalar values.
    pub(super) fn characters(&self) -> usize {
        let count = |text: &str| text.chars().count();
        match self {
            Self::Text(text) => count(text),
            Self::Number(_) | Self::Moment(_) => 0,
            Self::List(items) => items.iter().map(|item| count(item)).sum(),
            Self::Relationship(related) => [related.id(), related.caption()].into_iter().flatten().map(count).sum(),
            Self::Files(files) => count(&json!(files).to_string()),
        }
    }

    /// Whether a NUL character stands anywhere in it.
    fn holds_nul(&self) -> bool {
        match self {
            Self::Text(text) => text.contains('\0'),
            Self::Number(_) | Self::Moment(_) => false,
            Self::List(items) => items.iter().any(|item| item.contains('\0')),
            Self::Relationship(related) => [related.id(), related.caption()].into_iter().flatten().any(|text| text.contains('\0')),
            Self::Files(files) => {
                files.iter().flatten().any(|(name, member)| name.contains('\0') || member.as_str().is_some_and(|text| text.contains('\0')))
            }
        }
    }
}
