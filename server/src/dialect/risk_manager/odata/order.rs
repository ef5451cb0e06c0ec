//! `$orderby`: fields between commas, each with `asc`, `desc` or neither after it.

use super::lex::{Lexer, Token};
use super::{Error, Fields, quoted};
use rollcall_core::query::{Direction, ORDER_TERMS_MAX, OrderTerm};

/// Reads a list that is not blank. A field named twice orders where it is named first.
pub fn parse(text: &str, fields: &Fields<'_>) -> Result<Vec<OrderTerm>, Error> {
    let mut lexer = Lexer::new(text);
    let mut terms: Vec<OrderTerm> = Vec::new();
    for _ in 0..ORDER_TERMS_MAX {
        let (term, is_last) = read_term(&mut lexer, fields)?;
        if terms.iter().all(|earlier| earlier.field != term.field) {
            terms.push(term);
        }
        if is_last {
            return Ok(terms);
        }
    }
    let (position, _) = lexer.token()?;
    Err(Error::new(position, format!("more than {ORDER_TERMS_MAX} fields")))
}

/// One field with its direction and the comma after it, and whether it was the last.
fn read_term(lexer: &mut Lexer<'_>, fields: &Fields<'_>) -> Result<(OrderTerm, bool), Error> {
    let (position, token) = lexer.token()?;
    let Token::Word(name) = token else {
        return Err(Error::new(position, format!("expected a field; there are {}", fields.names())));
    };
    let field = fields.find(position, name)?.into();
    let (position, token) = lexer.token()?;
    let (direction, (position, after)) = match token {
        Token::Word("asc") => (Direction::Ascending, lexer.token()?),
        Token::Word("desc") => (Direction::Descending, lexer.token()?),
        Token::Word(word) => return Err(Error::new(position, format!("unknown direction {}; there are asc and desc", quoted(word)))),
        other => (Direction::Ascending, (position, other)),
    };
    let term = OrderTerm::new(field, direction);
    match after {
        Token::Comma => Ok((term, false)),
        Token::End => Ok((term, true)),
        Token::Word(word) => Err(Error::new(position, format!("expected `,` or the end, found {}", quoted(word)))),
        _ => Err(Error::new(position, "expected `asc`, `desc`, `,` or the end")),
    }
}
