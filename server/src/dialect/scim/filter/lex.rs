//! Text → tokens, one at a time, each with its position. What the tokens mean together is the parser's business.

use super::tree::{Literal, begins_word, continues_word};
use super::{Error, literal, quoted};
use rollcall_core::query::Cursor;

/// The smallest piece that means something.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// An attribute with all that belongs to it, an operator, or one of JSON's words.
    Word(&'a str),
    /// A number or a text.
    Value(Literal),
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    /// The point after a bracket; every other is inside a word.
    Point,
    End,
}

/// A token and what is around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lexeme<'a> {
    pub position: usize,
    pub is_after_blank: bool,
    pub token: Token<'a>,
}

/// Walks over the text.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    cursor: Cursor<'a>,
}

impl<'a> Lexer<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { cursor: Cursor::new(text) }
    }

    /// The next token. After the end, the end again. Blanks are of every kind: RFC 7644 has spaces in its grammar and line
    /// breaks in its examples.
    pub fn lexeme(&mut self) -> Result<Lexeme<'a>, Error> {
        let is_after_blank = !self.cursor.take_while(char::is_whitespace).is_empty();
        let position = self.cursor.position();
        let token = match self.cursor.peek() {
            None => Token::End,
            Some('(') => self.punctuation(Token::Open),
            Some(')') => self.punctuation(Token::Close),
            Some('[') => self.punctuation(Token::OpenBracket),
            Some(']') => self.punctuation(Token::CloseBracket),
            Some('.') => self.punctuation(Token::Point),
            Some('"') => Token::Value(Literal::Text(literal::text(&mut self.cursor)?)),
            Some('-' | '0'..='9') => Token::Value(Literal::Number(literal::number(&mut self.cursor)?)),
            Some(character) if begins_word(character) => Token::Word(self.cursor.take_while(continues_word)),
            Some('\'') => return Err(Error::new(position, "unexpected character `'`: a text stands in double quotes")),
            Some(character) => return Err(Error::new(position, format!("unexpected character {}", quoted(&character.to_string())))),
        };
        Ok(Lexeme { position, is_after_blank, token })
    }

    fn punctuation(&mut self, token: Token<'a>) -> Token<'a> {
        self.cursor.next_char();
        token
    }
}
