//! The syntax tree: what was written, before anybody asks which attributes there are and whether the types fit.

use super::{Error, quoted};
use rollcall_core::query::Number;

/// One node and where it stands: at its attribute, at `not`, or at the first `and` or `or` of its chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub position: usize,
    pub kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `title pr`, `userName eq "jane"`.
    Test {
        path: AttributePath,
        test: Test,
    },
    /// `emails[type eq "work"]`: some value of the attribute passes. The filter's attributes are sub-attributes of it, and
    /// it has no value path in it. `emails[type eq "work"].value eq "x"` is `emails[type eq "work" and value eq "x"]`.
    ValuePath {
        path: AttributePath,
        filter: Box<Node>,
    },
    Not(Box<Node>),
    /// Two or more, none of them an `And`.
    And(Vec<Node>),
    /// Two or more, none of them an `Or`.
    Or(Vec<Node>),
}

/// What is asked of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `pr`: it has a value.
    Present,
    Comparison {
        operator: Operator,
        /// Of the operator.
        position: usize,
        value: Literal,
        /// Of the value.
        value_position: usize,
    },
}

/// A value as it was written, by the rules of JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
}

/// The operators that compare with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Operator {
    pub const ALL: [Self; 9] = [
        Self::Equal,
        Self::NotEqual,
        Self::Contains,
        Self::StartsWith,
        Self::EndsWith,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Less,
        Self::LessOrEqual,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::NotEqual => "ne",
            Self::Contains => "co",
            Self::StartsWith => "sw",
            Self::EndsWith => "ew",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "ge",
            Self::Less => "lt",
            Self::LessOrEqual => "le",
        }
    }

    /// In any case.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.as_str().eq_ignore_ascii_case(word))
    }
}

/// The name of an attribute as it was written: `userName`, `name.familyName`, or with the URN of its schema before it.
///
/// A schema's URN by itself (which is a path too) reads like an attribute whose name is its last part, so whoever knows
/// the schemas compares [`text`](Self::text) with theirs first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributePath {
    /// The whole.
    pub text: String,
    /// What stands before the last colon.
    pub schema: Option<String>,
    pub name: String,
    /// What stands after the point.
    pub sub: Option<String>,
}

impl AttributePath {
    /// Reads `[URI ":"] ATTRNAME ["." ATTRNAME]` (RFC 7644, figure 1). As in RFC 7643, section 2.1, a name may have a `$`,
    /// also as its first character, for `$ref`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(0, text)
    }

    /// The same; `position` is where the text begins.
    pub(super) fn read(position: usize, text: &str) -> Result<Self, Error> {
        super::check_length(text)?;
        let refused = |what: &str| Error::new(position, format!("{} is no attribute: {what}", quoted(text)));
        let (schema, rest) = text.rsplit_once(':').map_or((None, text), |(schema, rest)| (Some(schema), rest));
        if !schema.is_none_or(is_uri) {
            return Err(refused("a URN such as `urn:ietf:params:scim:schemas:core:2.0:User` stands before its last colon"));
        }
        let (name, sub) = rest.split_once('.').map_or((rest, None), |(name, sub)| (name, Some(sub)));
        if sub.is_some_and(|sub| sub.contains('.')) {
            return Err(refused("there is at most one sub-attribute, after one point"));
        }
        if !is_name(name) || !sub.is_none_or(is_name) {
            return Err(refused("a name has letters, digits, `-`, `_` and `$`, and begins with a letter or `$`"));
        }
        Ok(Self { text: text.to_owned(), schema: schema.map(str::to_owned), name: name.to_owned(), sub: sub.map(str::to_owned) })
    }
}

/// What a name, a URN, and anything that must not run into one, goes on with.
pub(super) const fn continues_word(character: char) -> bool {
    matches!(character, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '$' | '.' | ':')
}

pub(super) const fn begins_word(character: char) -> bool {
    matches!(character, 'a'..='z' | 'A'..='Z' | '$')
}

fn is_name(text: &str) -> bool {
    text.starts_with(begins_word) && text.chars().all(|character| continues_word(character) && !matches!(character, '.' | ':'))
}

/// As far as a schema's goes: a scheme, a colon, and anything that a word has.
fn is_uri(text: &str) -> bool {
    let is_scheme = |scheme: &str| {
        let mut characters = scheme.chars();
        let begins = characters.next().is_some_and(|character| character.is_ascii_alphabetic());
        begins && characters.all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '.'))
    };
    text.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)) && text.chars().all(continues_word)
}

/// What an operation of PATCH names (RFC 7644, figure 7): `name.familyName`, `emails[type eq "work"]`,
/// `emails[type eq "work"].value`, or an extension's whole URN.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    pub attribute: AttributePath,
    /// Which values; its attributes are sub-attributes of the attribute.
    pub filter: Option<Node>,
    /// What stands after the filter's bracket and a point; without a filter the sub-attribute is in the attribute.
    pub sub: Option<String>,
}
