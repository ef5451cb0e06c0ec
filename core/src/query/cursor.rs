//! A place in a text: what the hand-written parsers of filter languages share.

/// Walks over text by characters and knows where it is.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Cursor<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { text, position: 0 }
    }

    /// In bytes from the beginning of the text; always between two characters.
    pub const fn position(&self) -> usize {
        self.position
    }

    pub fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn next_char(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.position += character.len_utf8();
        Some(character)
    }

    /// Steps over the text if it stands here.
    pub fn eat(&mut self, expected: &str) -> bool {
        let is_here = self.rest().starts_with(expected);
        if is_here {
            self.position += expected.len();
        }
        is_here
    }

    /// Steps over every character that the test accepts and returns them.
    pub fn take_while(&mut self, mut accepts: impl FnMut(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|character| !accepts(character)).unwrap_or(rest.len());
        self.position += end;
        &rest[..end]
    }
}
