//! Text → tokens, one at a time, each with its position. What the tokens mean together is the parser's business.

use super::tree::Literal;
use super::{ATTRIBUTES, Error, literal, quoted};
use rollcall_core::domain::VariableName;
use rollcall_core::query::Cursor;

/// The smallest piece that means something.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// A field, a custom attribute, a function, or an operator.
    Word(&'a str),
    Literal(Literal),
    Open,
    Close,
    Comma,
    Minus,
    End,
}

/// Walks over the text.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    cursor: Cursor<'a>,
}

/// What may stand between tokens.
pub const fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

fn begins_word(character: char) -> bool {
    character.is_alphabetic() || character == '_'
}

/// What a word, and anything that must not run into one, goes on with.
pub fn continues_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

impl<'a> Lexer<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { cursor: Cursor::new(text) }
    }

    /// The next token and where it begins. After the end, the end again.
    pub fn token(&mut self) -> Result<(usize, Token<'a>), Error> {
        self.cursor.take_while(is_blank);
        let position = self.cursor.position();
        let Some(character) = self.cursor.peek() else {
            return Ok((position, Token::End));
        };
        let token = match character {
            '(' => self.punctuation(Token::Open),
            ')' => self.punctuation(Token::Close),
            ',' => self.punctuation(Token::Comma),
            '\'' => Token::Literal(Literal::Text(self.text()?)),
            '-' if !self.is_number() => self.punctuation(Token::Minus),
            '-' => Token::Literal(self.number()?),
            '0'..='9' => Token::Literal(self.bare_value()?.map_or_else(|| self.number(), Ok)?),
            _ if begins_word(character) => self.word()?,
            '/' => {
                return Err(Error::new(
                    position,
                    "unexpected `/`: paths into other objects are not supported, but for `CustomAttributes/NAME`",
                ));
            }
            _ => return Err(Error::new(position, format!("unexpected character {}", quoted(&character.to_string())))),
        };
        Ok((position, token))
    }

    fn punctuation(&mut self, token: Token<'a>) -> Token<'a> {
        self.cursor.next_char();
        token
    }

    /// `'text'`, in which an apostrophe is written twice.
    fn text(&mut self) -> Result<String, Error> {
        let position = self.cursor.position();
        self.cursor.eat("'");
        let mut text = String::new();
        loop {
            text.push_str(self.cursor.take_while(|character| character != '\''));
            if !self.cursor.eat("'") {
                return Err(Error::new(
                    position,
                    "the text that begins here has no closing apostrophe; an apostrophe inside a text is written twice",
                ));
            }
            if !self.cursor.eat("'") {
                break;
            }
            text.push('\'');
        }
        // No field holds one, and not every database takes one as a parameter.
        if text.contains('\0') {
            return Err(Error::new(position, "the text that begins here holds a NUL character"));
        }
        Ok(text)
    }

    /// A guid or a moment as OData 4.0 writes them: without a word before and without apostrophes.
    fn bare_value(&mut self) -> Result<Option<Literal>, Error> {
        let position = self.cursor.position();
        let read = literal::bare(self.cursor.rest()).map_err(|message| Error::new(position, message))?;
        Ok(read.map(|(value, written)| {
            self.cursor.eat(written);
            value
        }))
    }

    fn is_number(&self) -> bool {
        self.cursor.rest().as_bytes().get(1).is_some_and(u8::is_ascii_digit)
    }

    fn number(&mut self) -> Result<Literal, Error> {
        let position = self.cursor.position();
        let number = literal::number(&mut self.cursor).map_err(|message| Error::new(position, message))?;
        Ok(Literal::Number(number))
    }

    /// A word, or a literal that begins with one: `null`, `guid'…'`, a bare guid. `CustomAttributes/NAME` is one word.
    fn word(&mut self) -> Result<Token<'a>, Error> {
        if let Some(value) = self.bare_value()? {
            return Ok(Token::Literal(value));
        }
        let (position, rest) = (self.cursor.position(), self.cursor.rest());
        let word = self.cursor.take_while(continues_word);
        if rest.starts_with(ATTRIBUTES) && self.cursor.eat("/") {
            let name = self.cursor.take_while(VariableName::takes);
            return Ok(Token::Word(&rest[..ATTRIBUTES.len() + name.len()]));
        }
        if self.cursor.peek() == Some('\'') {
            let text = self.text()?;
            let value = literal::prefixed(word, &text).map_err(|message| Error::new(position, message))?;
            return Ok(Token::Literal(value));
        }
        Ok(match word {
            "null" => Token::Literal(Literal::Null),
            "true" => Token::Literal(Literal::Boolean(true)),
            "false" => Token::Literal(Literal::Boolean(false)),
            _ => Token::Word(word),
        })
    }
}
