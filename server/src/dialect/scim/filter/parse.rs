//! Tokens → tree. Hand-written, in time linear in the text, with three limits: `FILTER_BYTES_MAX` before it begins,
//! `FILTER_DEPTH_MAX` on parentheses and brackets, `FILTER_NODES_MAX` on the nodes.
//!
//! A test is one node, and a chain of `and` or of `or` is one, however long.

use super::lex::{Lexeme, Lexer, Token};
use super::tree::{AttributePath, Kind, Literal, Node, Operator, Path, Test};
use super::{Error, check_length, quoted};
use rollcall_core::query::{FILTER_DEPTH_MAX, FILTER_NODES_MAX};

/// Reads a whole filter.
pub fn parse(text: &str) -> Result<Node, Error> {
    let mut parser = Parser::new(text)?;
    let node = parser.chain(Chain::Or)?;
    match parser.here.token {
        Token::End => Ok(node),
        Token::Close => Err(Error::new(parser.here.position, "`)` without its `(`")),
        Token::CloseBracket => Err(Error::new(parser.here.position, "`]` without its `[`")),
        _ => Err(parser.unexpected("`and`, `or` or the end")),
    }
}

impl Path {
    /// Reads a whole path.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut parser = Parser::new(text)?;
        let (_, attribute) = parser.attribute()?;
        let (mut filter, mut sub) = (None, None);
        if parser.here.token == Token::OpenBracket {
            filter = Some(parser.value_filter()?);
            sub = parser.sub_attribute()?;
        }
        match parser.here.token {
            Token::End => Ok(Self { attribute, filter, sub: sub.map(|path| path.name) }),
            _ => Err(parser.unexpected(if filter.is_none() { "`[` or the end" } else { "`.` and a sub-attribute, or the end" })),
        }
    }
}

/// The two operators that make chains.
#[derive(Clone, Copy)]
enum Chain {
    Or,
    And,
}

impl Chain {
    const fn word(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
        }
    }

    const fn of(self, nodes: Vec<Node>) -> Kind {
        match self {
            Self::Or => Kind::Or(nodes),
            Self::And => Kind::And(nodes),
        }
    }

    /// The links of such a chain, or the node itself.
    fn opened(self, node: Node) -> Vec<Node> {
        match (self, node.kind) {
            (Self::Or, Kind::Or(nodes)) | (Self::And, Kind::And(nodes)) => nodes,
            (_, kind) => vec![Node { position: node.position, kind }],
        }
    }
}

/// Stands at a token.
struct Parser<'a> {
    lexer: Lexer<'a>,
    here: Lexeme<'a>,
    nodes: usize,
    nesting: usize,
    is_in_brackets: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, Error> {
        check_length(text)?;
        let mut lexer = Lexer::new(text);
        let here = lexer.lexeme()?;
        Ok(Self { lexer, here, nodes: 0, nesting: 0, is_in_brackets: false })
    }

    /// Steps to the next token and returns the place of the one before.
    fn advance(&mut self) -> Result<usize, Error> {
        let next = self.lexer.lexeme()?;
        Ok(std::mem::replace(&mut self.here, next).position)
    }

    /// Operands with `and` or `or` between them. Those that are such a chain themselves, in parentheses, join this one.
    fn chain(&mut self, chain: Chain) -> Result<Node, Error> {
        let first = self.link(chain)?;
        if !self.is_at_word(chain.word()) {
            return Ok(first);
        }
        let position = self.here.position;
        let mut nodes = chain.opened(first);
        while self.is_at_word(chain.word()) {
            self.logical_operator(chain.word())?;
            nodes.extend(chain.opened(self.link(chain)?));
        }
        self.node(position, chain.of(nodes))
    }

    /// `and` binds more tightly than `or`.
    fn link(&mut self, chain: Chain) -> Result<Node, Error> {
        match chain {
            Chain::Or => self.chain(Chain::And),
            Chain::And => self.operand(),
        }
    }

    fn is_at_word(&self, word: &str) -> bool {
        matches!(self.here.token, Token::Word(here) if here.eq_ignore_ascii_case(word))
    }

    /// Steps over `and` or `or`, which has a blank on both sides.
    fn logical_operator(&mut self, word: &str) -> Result<(), Error> {
        if !self.here.is_after_blank {
            return Err(Error::new(self.here.position, format!("expected a blank before `{word}`")));
        }
        self.advance()?;
        self.expect_blank(word)
    }

    fn expect_blank(&self, word: &str) -> Result<(), Error> {
        if self.here.is_after_blank || self.here.token == Token::End {
            return Ok(());
        }
        Err(Error::new(self.here.position, format!("expected a blank after `{word}`")))
    }

    fn operand(&mut self) -> Result<Node, Error> {
        let position = self.here.position;
        match self.here.token {
            Token::Open => self.group(),
            Token::Word(_) if self.is_negation()? => {
                self.advance()?;
                if self.here.token != Token::Open {
                    return Err(self.unexpected("`(` after `not`"));
                }
                let inner = self.group()?;
                self.node(position, Kind::Not(Box::new(inner)))
            }
            Token::Word(_) => self.condition(),
            _ => Err(self.unexpected("an attribute, `not` or `(`")),
        }
    }

    /// Whether here is `not` and no attribute of that name, which an operator or a bracket would follow.
    fn is_negation(&self) -> Result<bool, Error> {
        if !self.is_at_word("not") {
            return Ok(false);
        }
        Ok(match self.lexer.clone().lexeme()?.token {
            Token::Word(word) => Operator::parse(word).is_none() && !word.eq_ignore_ascii_case("pr"),
            Token::OpenBracket => false,
            _ => true,
        })
    }

    /// `( … )`, of which nothing is left but its inside.
    fn group(&mut self) -> Result<Node, Error> {
        self.nested(|parser| {
            parser.advance()?;
            let inner = parser.chain(Chain::Or)?;
            parser.expect(&Token::Close, "`and`, `or` or `)`")?;
            Ok(inner)
        })
    }

    /// An attribute and what is asked of it.
    fn condition(&mut self) -> Result<Node, Error> {
        let (position, path) = self.attribute()?;
        if self.here.token != Token::OpenBracket {
            let test = self.test()?;
            return self.node(position, Kind::Test { path, test });
        }
        if self.is_in_brackets {
            return Err(Error::new(self.here.position, "unexpected `[`: brackets stand in no brackets"));
        }
        let filter = self.value_filter()?;
        let filter = Box::new(self.with_sub_attribute(filter)?);
        self.node(position, Kind::ValuePath { path, filter })
    }

    /// `[ … ]`.
    fn value_filter(&mut self) -> Result<Node, Error> {
        self.is_in_brackets = true;
        let filter = self.nested(|parser| {
            parser.advance()?;
            let inner = parser.chain(Chain::Or)?;
            parser.expect(&Token::CloseBracket, "`and`, `or` or `]`")?;
            Ok(inner)
        })?;
        self.is_in_brackets = false;
        Ok(filter)
    }

    /// `.value eq "x"` after a value filter: RFC 7644 has it in paths alone, but Entra sends it in filters too. It is one
    /// more condition on the same value.
    fn with_sub_attribute(&mut self, filter: Node) -> Result<Node, Error> {
        let position = self.here.position;
        let Some(path) = self.sub_attribute()? else {
            return Ok(filter);
        };
        let test = self.test()?;
        let last = self.node(position, Kind::Test { path, test })?;
        let mut nodes = Chain::And.opened(filter);
        nodes.push(last);
        self.node(position, Kind::And(nodes))
    }

    /// A point and a name, if they stand here.
    fn sub_attribute(&mut self) -> Result<Option<AttributePath>, Error> {
        if self.here.token != Token::Point {
            return Ok(None);
        }
        self.advance()?;
        let (position, path) = self.attribute()?;
        if path.schema.is_some() || path.sub.is_some() {
            return Err(Error::new(position, format!("{} is no sub-attribute: a single name follows the point", quoted(&path.text))));
        }
        Ok(Some(path))
    }

    fn attribute(&mut self) -> Result<(usize, AttributePath), Error> {
        let Token::Word(word) = self.here.token else {
            return Err(self.unexpected("an attribute"));
        };
        let position = self.advance()?;
        Ok((position, AttributePath::read(position, word)?))
    }

    /// `pr`, or an operator and a value.
    fn test(&mut self) -> Result<Test, Error> {
        if self.is_at_word("pr") {
            self.advance()?;
            return Ok(Test::Present);
        }
        let operator = match self.here.token {
            Token::Word(word) => Operator::parse(word).ok_or_else(|| unknown_operator(self.here.position, word))?,
            _ => return Err(self.unexpected("an operator")),
        };
        let position = self.advance()?;
        self.expect_blank(operator.as_str())?;
        let value_position = self.here.position;
        Ok(Test::Comparison { operator, position, value: self.value()?, value_position })
    }

    fn value(&mut self) -> Result<Literal, Error> {
        let value = match &self.here.token {
            Token::Value(value) => value.clone(),
            Token::Word("null") => Literal::Null,
            Token::Word("true") => Literal::Boolean(true),
            Token::Word("false") => Literal::Boolean(false),
            _ => return Err(self.unexpected("a value (a text in double quotes, a number, true, false or null)")),
        };
        self.advance()?;
        Ok(value)
    }

    fn expect(&mut self, token: &Token<'_>, named: &str) -> Result<(), Error> {
        if self.here.token != *token {
            return Err(self.unexpected(named));
        }
        self.advance().map(|_| ())
    }

    /// Calls deeper, if the limit allows it.
    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.nesting == FILTER_DEPTH_MAX {
            return Err(Error::new(self.here.position, format!("nests deeper than {FILTER_DEPTH_MAX}")));
        }
        self.nesting += 1;
        let result = inner(self);
        self.nesting -= 1;
        result
    }

    /// A node that counts.
    fn node(&mut self, position: usize, kind: Kind) -> Result<Node, Error> {
        self.count(position)?;
        Ok(Node { position, kind })
    }

    fn count(&mut self, position: usize) -> Result<(), Error> {
        self.nodes += 1;
        if self.nodes > FILTER_NODES_MAX {
            return Err(Error::new(position, format!("more than {FILTER_NODES_MAX} conditions and operators")));
        }
        Ok(())
    }

    fn unexpected(&self, expected: &str) -> Error {
        let found = match &self.here.token {
            Token::Word(word) => quoted(word),
            Token::Value(_) => "a value".to_owned(),
            Token::Open => "`(`".to_owned(),
            Token::Close => "`)`".to_owned(),
            Token::OpenBracket => "`[`".to_owned(),
            Token::CloseBracket => "`]`".to_owned(),
            Token::Point => "`.`".to_owned(),
            Token::End => "the end".to_owned(),
        };
        Error::new(self.here.position, format!("expected {expected}, found {found}"))
    }
}

fn unknown_operator(position: usize, word: &str) -> Error {
    let known = Operator::ALL.map(Operator::as_str).join(", ");
    Error::new(position, format!("unknown operator {}; there are {known} and pr", quoted(word)))
}
