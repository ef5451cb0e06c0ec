//! A value before it is typed: what TOML and the environment can both say.

use std::fmt;

use rollcall_core::directory::DatabaseUrl;

/// What a setting's value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Boolean,
    List,
    /// A list whose items may hold commas.
    Urls,
}

/// A value of one [`Kind`].
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Integer(u64),
    Boolean(bool),
    List(Vec<String>),
}

impl Kind {
    /// Reads the text of an environment variable or flag.
    pub(super) fn parse(self, text: &str) -> Result<Value, &'static str> {
        let value = match self {
            Self::Text => Some(Value::Text(text.to_owned())),
            Self::Integer => text.trim().parse().ok().map(Value::Integer),
            Self::Boolean => text.trim().parse().ok().map(Value::Boolean),
            Self::List => Some(Value::List(split(text))),
            Self::Urls => Some(Value::List(text.split_whitespace().map(str::to_owned).collect())),
        };
        value.ok_or(self.rule())
    }

    /// What a value of this kind must be.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Text => "must be text in quotes",
            Self::Integer => "must be a whole number without sign",
            Self::Boolean => "must be true or false",
            Self::List => "must be a list of texts, such as [\"10.0.0.0/8\"]",
            Self::Urls => "must be a list of URLs, such as [\"postgres://user@host/rollcall\"]",
        }
    }
}

/// The parts between commas; none when there is only space.
fn split(text: &str) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    text.split(',').map(|part| part.trim().to_owned()).collect()
}

/// As TOML writes it, passwords masked.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => quote(f, text),
            Self::Integer(number) => number.fmt(f),
            Self::Boolean(answer) => answer.fmt(f),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    quote(f, item)?;
                }
                f.write_str("]")
            }
        }
    }
}

/// The same as `Display`, so that a password cannot reach a log by `{:?}` either.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in DatabaseUrl::masked(text).chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}
