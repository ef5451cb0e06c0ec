//! `filter`, and the `path` of PATCH: the one language of RFC 7644, sections 3.4.2.2 and 3.5.2.
//!
//! | step | where | makes |
//! | --- | --- | --- |
//! | text → tokens | [`lex`] over the query core's cursor; `literal` reads the values | words, values, punctuation, each with its position |
//! | tokens → tree | [`parse`](mod@parse) | [`tree::Node`]: what was written, whatever the attributes are; within the limits on bytes, depth and nodes |
//! | tree → filter | [`bind`] against the schema of a resource | `query::Filter`: typed, or an error that names what does not fit |
//!
//! Nothing but [`bind`] knows a schema. Attributes and operators are compared without case, so a tree keeps attributes as they
//! were written. Start at [`bind::filter`], [`bind::order`], [`Path::parse`] and
//! [`AttributePath::parse`].

pub mod bind;
pub mod lex;
mod literal;
pub mod parse;
pub mod tree;

#[cfg(test)]
mod tests;

pub use parse::parse;
use rollcall_core::query::FILTER_BYTES_MAX;
pub use tree::{AttributePath, Path};

/// Text that is no filter, path or attribute. The message is written for whoever wrote the text.
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
