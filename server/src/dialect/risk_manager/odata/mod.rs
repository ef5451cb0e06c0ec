//! `$filter` and `$orderby`: OData 2.0 as Risk Manager documents it, with the later forms that its clients also write.
//!
//! | step | where | makes |
//! | --- | --- | --- |
//! | text → tokens | [`lex`] over the query core's cursor; `literal` reads the values | words, literals, punctuation, each with its position |
//! | tokens → tree | [`parse`] | [`tree::Node`]: what was written, whatever the fields are; within the limits on bytes, depth and nodes |
//! | tree → filter | [`bind`](mod@bind) against [`Fields`] | [`Filter`]: typed, or an error that names what does not fit |
//! | text → order | `order` | the terms of `$orderby` |
//!
//! Nothing here knows a column or a record; what a filter means is `rollcall_core::query`'s business. Start at [`filter`].

pub mod bind;
mod fields;
pub mod lex;
mod literal;
mod order;
pub mod parse;
pub mod tree;

#[cfg(test)]
mod tests;

pub use fields::{ATTRIBUTES, Field, Fields};
use rollcall_core::query::{FILTER_BYTES_MAX, Filter, OrderTerm};

/// Text that is no filter or order. The message is written for whoever wrote the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}, at byte {position}")]
pub struct Error {
    /// Where, in bytes from the beginning; the length of the text where something is missing at its end.
    pub position: usize,
    pub message: String,
}

impl Error {
    pub fn new(position: usize, message: impl Into<String>) -> Self {
        Self { position, message: message.into() }
    }
}

/// Reads a `$filter`. A blank one passes every record.
pub fn filter(text: &str, fields: &Fields<'_>) -> Result<Filter, Error> {
    if is_blank(text)? {
        return Ok(Filter::everything());
    }
    bind::bind(&parse::parse(text)?, fields)
}

/// Reads an `$orderby`. A blank one asks for no order.
pub fn order(text: &str, fields: &Fields<'_>) -> Result<Vec<OrderTerm>, Error> {
    if is_blank(text)? { Ok(Vec::new()) } else { order::parse(text, fields) }
}

fn is_blank(text: &str) -> Result<bool, Error> {
    check_length(text)?;
    Ok(text.chars().all(lex::is_blank))
}

fn check_length(text: &str) -> Result<(), Error> {
    if text.len() > FILTER_BYTES_MAX {
        return Err(Error::new(text.floor_char_boundary(FILTER_BYTES_MAX), format!("longer than {FILTER_BYTES_MAX} bytes")));
    }
    Ok(())
}

/// A piece of the text as a message shows it: in backquotes and never long.
fn quoted(piece: &str) -> String {
    const CHARACTERS_SHOWN_MAX: usize = 60;
    let visible = |character: char| if character.is_control() { '\u{fffd}' } else { character };
    let shown: String = piece.chars().take(CHARACTERS_SHOWN_MAX).map(visible).collect();
    let dots = if piece.chars().nth(CHARACTERS_SHOWN_MAX).is_some() { "…" } else { "" };
    format!("`{shown}{dots}`")
}
