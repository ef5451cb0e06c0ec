//! One cell of a line, read as the type of its column.

use super::Cell;
use crate::domain::{Change, Instant, Text, TextKind};
use serde_json::Value as Json;
use std::str::FromStr;

/// Why a cell is not a value of its column; the column's name comes in front.
type Reason = String;

impl Cell {
    /// What is written, unless nothing is.
    pub(super) fn written(&self) -> Result<Option<&str>, Reason> {
        match self {
            Self::Empty | Self::Null => Ok(None),
            Self::Text(text) | Self::Number(text) => Ok(Some(text)),
            Self::Boolean(_) | Self::List(_) | Self::Object(_) => Err("must be text".to_owned()),
        }
    }

    /// Text of a kind. Nothing clears the field.
    pub(super) fn text<K: TextKind>(&self) -> Result<Change<Text<K>>, Reason> {
        match self.written()? {
            None => Ok(Change::Clear),
            Some(text) => Text::parse(text).map(Change::Set).map_err(|error| error.reason),
        }
    }

    /// A value that is never absent. Nothing leaves it as it is.
    pub(super) fn word<T: FromStr<Err: ToString>>(&self) -> Result<Change<T>, Reason> {
        match self.written()? {
            None => Ok(Change::Keep),
            Some(text) => text.trim().parse().map(Change::Set).map_err(|error: T::Err| error.to_string()),
        }
    }

    /// A value that may be absent.
    pub(super) fn value<T: FromStr<Err: ToString>>(&self) -> Result<Option<T>, Reason> {
        match self.word()? {
            Change::Set(value) => Ok(Some(value)),
            Change::Keep | Change::Clear => Ok(None),
        }
    }

    /// A list of objects: as such, or as JSON in a text. Nothing clears it.
    pub(super) fn objects<T>(&self, parse: fn(&Json) -> Result<Vec<T>, String>) -> Result<Change<Vec<T>>, Reason> {
        let json = match self {
            Self::Empty | Self::Null => return Ok(Change::Clear),
            Self::Text(text) if text.trim().is_empty() => return Ok(Change::Clear),
            Self::Text(text) => serde_json::from_str(text).map_err(|_| "must be a list of objects in JSON".to_owned())?,
            other => other.json(),
        };
        parse(&json).map(Change::Set)
    }

    pub(super) fn boolean(&self) -> Result<Change<bool>, Reason> {
        let word = match self {
            Self::Empty | Self::Null => return Ok(Change::Keep),
            Self::Boolean(value) => return Ok(Change::Set(*value)),
            Self::Text(text) | Self::Number(text) => text.trim().to_ascii_lowercase(),
            Self::List(_) | Self::Object(_) => String::new(),
        };
        match word.as_str() {
            "true" | "yes" | "1" => Ok(Change::Set(true)),
            "false" | "no" | "0" => Ok(Change::Set(false)),
            _ => Err("must be true or false".to_owned()),
        }
    }

    /// A moment of RFC 3339, such as `2016-09-16T10:39:25+00:00`.
    pub(super) fn instant(&self) -> Result<Change<Instant>, Reason> {
        match self.written()? {
            None => Ok(Change::Clear),
            Some(text) => match text.trim().parse::<jiff::Timestamp>() {
                Ok(timestamp) => Ok(Change::Set(Instant::new(timestamp))),
                Err(_) => Err("must be a moment such as 2016-09-16T10:39:25Z".to_owned()),
            },
        }
    }

    /// Whole numbers, in a list or with `;` between them.
    pub(super) fn numbers(&self) -> Result<Change<Vec<i64>>, Reason> {
        let parse = |text: &str| text.trim().parse::<i64>().map_err(|_| "must be whole numbers with ; between them".to_owned());
        match self {
            Self::Empty | Self::Null => Ok(Change::Clear),
            Self::List(items) => {
                let written = |item: &Self| item.written()?.map(parse).unwrap_or_else(|| Err("must be whole numbers".to_owned()));
                items.iter().map(written).collect::<Result<_, _>>().map(Change::Set)
            }
            Self::Text(text) | Self::Number(text) => {
                let items = text.split(';').filter(|item| !item.trim().is_empty());
                items.map(parse).collect::<Result<_, _>>().map(Change::Set)
            }
            Self::Boolean(_) | Self::Object(_) => Err("must be whole numbers".to_owned()),
        }
    }
}
