//! Tokens → tree. Hand-written precedence climbing, in time linear in the text, with three limits:
//! `FILTER_BYTES_MAX` before it begins, `FILTER_DEPTH_MAX` on how deep it calls itself and how high the tree grows,
//! `FILTER_NODES_MAX` on the nodes.
//!
//! A field is no node to be counted, and a chain of `and` or of `or` is one, so a filter may compare with more than seventy guids.

use super::lex::{Lexer, Token};
use super::tree::{Function, Kind, Literal, Node, Operator};
use super::{Error, check_length, quoted};
use rollcall_core::query::{FILTER_DEPTH_MAX, FILTER_NODES_MAX};

/// Reads a whole filter.
pub fn parse(text: &str) -> Result<Node, Error> {
    check_length(text)?;
    let mut parser = Parser::new(text)?;
    let tree = parser.expression(Operator::Or.binding())?;
    match parser.token {
        Token::End => Ok(tree.node),
        Token::Close => Err(Error::new(parser.position, "`)` without its `(`")),
        _ => Err(parser.unexpected("an operator or the end")),
    }
}

/// A node, and how many operators and functions stand above its deepest leaf.
struct Subtree {
    node: Node,
    height: usize,
}

/// Stands at a token.
struct Parser<'a> {
    lexer: Lexer<'a>,
    position: usize,
    token: Token<'a>,
    is_after_text: bool,
    nodes: usize,
    nesting: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, Error> {
        let mut lexer = Lexer::new(text);
        let (position, token) = lexer.token()?;
        Ok(Self { lexer, position, token, is_after_text: false, nodes: 0, nesting: 0 })
    }

    /// Steps to the next token and returns the place of the one before.
    fn advance(&mut self) -> Result<usize, Error> {
        let (position, token) = self.lexer.token()?;
        self.is_after_text = matches!(self.token, Token::Literal(Literal::Text(_)));
        self.token = token;
        Ok(std::mem::replace(&mut self.position, position))
    }

    /// Operands joined by operators that bind at least so tightly.
    fn expression(&mut self, binding_min: u8) -> Result<Subtree, Error> {
        let mut left = self.operand()?;
        while let Some(operator) = self.operator().filter(|operator| operator.binding() >= binding_min) {
            left = match operator {
                Operator::And | Operator::Or => self.chain(operator, left)?,
                Operator::Comparison(comparison) => {
                    self.pair(operator, left, |left, right| Kind::Comparison { left, comparison, right })?
                }
                Operator::Arithmetic(sign) => self.pair(operator, left, |left, right| Kind::Arithmetic { left, operator: sign, right })?,
            };
        }
        Ok(left)
    }

    fn operator(&self) -> Option<Operator> {
        match self.token {
            Token::Word(word) => Operator::parse(word),
            _ => None,
        }
    }

    /// `a and b and c`: one node, however long.
    fn chain(&mut self, operator: Operator, first: Subtree) -> Result<Subtree, Error> {
        let position = self.position;
        let mut height = first.height;
        let mut operands = vec![first.node];
        while self.operator() == Some(operator) {
            self.advance()?;
            let next = self.expression(operator.binding() + 1)?;
            height = height.max(next.height);
            operands.push(next.node);
        }
        let kind = if operator == Operator::And { Kind::And(operands) } else { Kind::Or(operands) };
        self.node(position, kind, height + 1)
    }

    /// `a eq b`, `a add b`: from left to right, each a node.
    fn pair(&mut self, operator: Operator, left: Subtree, kind: impl FnOnce(Box<Node>, Box<Node>) -> Kind) -> Result<Subtree, Error> {
        let position = self.advance()?;
        let right = self.expression(operator.binding() + 1)?;
        let height = left.height.max(right.height) + 1;
        self.node(position, kind(Box::new(left.node), Box::new(right.node)), height)
    }

    fn operand(&mut self) -> Result<Subtree, Error> {
        match &self.token {
            Token::Word("not") => self.prefixed(Kind::Not),
            Token::Minus => self.prefixed(Kind::Negated),
            Token::Open => self.nested(|parser| {
                parser.advance()?;
                let inner = parser.expression(Operator::Or.binding())?;
                parser.expect(&Token::Close, "an operator or `)`")?;
                Ok(inner)
            }),
            Token::Literal(value) => {
                let kind = Kind::Literal(value.clone());
                let position = self.advance()?;
                self.node(position, kind, 0)
            }
            Token::Word(word) if Operator::parse(word).is_none() => self.named(word),
            _ => Err(self.unexpected("a field, a function, a value or `(`")),
        }
    }

    fn prefixed(&mut self, kind: fn(Box<Node>) -> Kind) -> Result<Subtree, Error> {
        let position = self.advance()?;
        let inner = self.nested(Self::operand)?;
        self.node(position, kind(Box::new(inner.node)), inner.height + 1)
    }

    /// A field, or a function with its arguments.
    fn named(&mut self, word: &str) -> Result<Subtree, Error> {
        let position = self.advance()?;
        if self.token != Token::Open {
            return Ok(Subtree { node: Node { position, kind: Kind::Field(word.to_owned()) }, height: 0 });
        }
        let Some(function) = Function::parse(word) else {
            let known = Function::ALL.map(Function::as_str).join(", ");
            return Err(Error::new(position, format!("unknown function {} (case counts); there are {known}", quoted(word))));
        };
        let (arguments, height) = self.nested(Self::arguments)?;
        check_arguments(position, function, arguments.len())?;
        self.node(position, Kind::Call { function, arguments }, height + 1)
    }

    fn arguments(&mut self) -> Result<(Vec<Node>, usize), Error> {
        self.advance()?;
        let (mut arguments, mut height) = (Vec::new(), 0);
        while self.token != Token::Close || !arguments.is_empty() {
            let argument = self.expression(Operator::Or.binding())?;
            height = height.max(argument.height);
            arguments.push(argument.node);
            if self.token != Token::Comma {
                break;
            }
            self.advance()?;
        }
        self.expect(&Token::Close, "`,` or `)`")?;
        Ok((arguments, height))
    }

    fn expect(&mut self, token: &Token<'_>, named: &str) -> Result<(), Error> {
        if self.token != *token {
            return Err(self.unexpected(named));
        }
        self.advance().map(|_| ())
    }

    /// Calls deeper, if the limit allows it.
    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.nesting == FILTER_DEPTH_MAX {
            return Err(too_deep(self.position));
        }
        self.nesting += 1;
        let result = inner(self);
        self.nesting -= 1;
        result
    }

    /// A node that counts.
    fn node(&mut self, position: usize, kind: Kind, height: usize) -> Result<Subtree, Error> {
        self.nodes += 1;
        if self.nodes > FILTER_NODES_MAX {
            return Err(Error::new(position, format!("more than {FILTER_NODES_MAX} conditions, functions, operators and literals")));
        }
        if height > FILTER_DEPTH_MAX {
            return Err(too_deep(position));
        }
        Ok(Subtree { node: Node { position, kind }, height })
    }

    fn unexpected(&self, expected: &str) -> Error {
        let found = match &self.token {
            Token::Word(word) if Operator::parse(word).is_none() && expected.starts_with("an operator") => {
                let known = Operator::ALL.map(Operator::as_str).join(", ");
                let hint = if self.is_after_text { "; an apostrophe inside a text is written twice" } else { "" };
                return Error::new(self.position, format!("unknown operator {} (case counts); there are {known}{hint}", quoted(word)));
            }
            Token::Word(word) => quoted(word),
            Token::Literal(_) => "a value".to_owned(),
            Token::Open => "`(`".to_owned(),
            Token::Close => "`)`".to_owned(),
            Token::Comma => "`,`".to_owned(),
            Token::Minus => "`-`".to_owned(),
            Token::End => "the end".to_owned(),
        };
        Error::new(self.position, format!("expected {expected}, found {found}"))
    }
}

fn too_deep(position: usize) -> Error {
    Error::new(position, format!("nests deeper than {FILTER_DEPTH_MAX}"))
}

fn check_arguments(position: usize, function: Function, given: usize) -> Result<(), Error> {
    let (least, greatest) = function.arguments();
    if (least..=greatest).contains(&given) {
        return Ok(());
    }
    let wanted = if least == greatest { format!("{least}") } else { format!("{least} or {greatest}") };
    let plural = if greatest == 1 { "argument" } else { "arguments" };
    Err(Error::new(position, format!("{} takes {wanted} {plural}, not {given}", quoted(function.as_str()))))
}
