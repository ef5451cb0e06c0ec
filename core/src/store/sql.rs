//! Values, rows and statements, as both drivers understand them.
//!
//! Statements are text with parameters `$1`, `$2`, …. A [`Bound`] statement names `organization_id` and takes the
//! organization as `$1`; a transaction of an organization runs no other kind, so a statement that forgets its tenant
//! does not compile.

use super::backend::BackendRow;
use super::error::StoreError;
use std::borrow::Cow;
use std::cmp::Ordering;
use uuid::Uuid;

/// A value that goes into a statement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Boolean(bool),
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// The order of values of one type in an index.
    pub(super) fn index_order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Bytes(one), Self::Bytes(other)) => one.cmp(other),
            _ => Ordering::Equal,
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<Uuid> for Value {
    fn from(value: Uuid) -> Self {
        Self::Bytes(value.as_bytes().to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The values of a statement's parameters after `$1`, written like an array.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::sql::Value::from($value)),*] };
}
pub(crate) use values;

/// A statement about one organization, whose id is its `$1`.
#[derive(Clone, Debug)]
pub(crate) struct Bound(Cow<'static, str>);

impl Bound {
    /// Meant for `const`, where a statement that names no organization stops the build.
    pub(crate) const fn new(sql: &'static str) -> Self {
        assert!(occurs("organization_id", sql) && occurs("$1", sql), "a bound statement takes organization_id as $1");
        Self(Cow::Borrowed(sql))
    }

    /// A statement put together at run time: a bound beginning, then more conditions and clauses, never a value.
    pub(crate) fn followed_by(&self, rest: &str) -> Self {
        Self(Cow::Owned(format!("{}{rest}", self.0)))
    }

    /// The statement with each of several endings, one answer after another.
    pub(crate) fn once_for_each(&self, endings: &[&str]) -> Self {
        let each: Vec<String> = endings.iter().map(|ending| format!("{}{ending}", self.0)).collect();
        Self(Cow::Owned(each.join(" union all ")))
    }

    /// The statement with the name of a column in the place of `COLUMN`.
    pub(crate) fn with_column(&self, name: &'static str) -> Self {
        Self(Cow::Owned(self.0.replace("COLUMN", name)))
    }

    /// The same with a word of it written out: columns and their parameters, never a value.
    pub(crate) fn with(&self, word: &str, clauses: &str) -> Self {
        Self(Cow::Owned(self.0.replace(word, clauses)))
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

const fn occurs(needle: &str, haystack: &str) -> bool {
    let (needle, haystack) = (needle.as_bytes(), haystack.as_bytes());
    let mut start = 0;
    while start + needle.len() <= haystack.len() {
        let mut length = 0;
        while length < needle.len() && haystack[start + length] == needle[length] {
            length += 1;
        }
        if length == needle.len() {
            return true;
        }
        start += 1;
    }
    false
}

/// One row of an answer; columns are counted from 0.
pub(crate) struct Row<'a>(pub(super) BackendRow<'a>);

impl Row<'_> {
    pub(crate) fn integer(&self, column: usize) -> Result<i64, StoreError> {
        self.0.integer(column)?.ok_or(StoreError::Unreadable { what: "number" })
    }

    pub(crate) fn optional_integer(&self, column: usize) -> Result<Option<i64>, StoreError> {
        self.0.integer(column)
    }

    pub(crate) fn real(&self, column: usize) -> Result<f64, StoreError> {
        self.0.real(column)
    }

    pub(crate) fn boolean(&self, column: usize) -> Result<bool, StoreError> {
        self.0.boolean(column)
    }

    pub(crate) fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.0.text(column)?.ok_or(StoreError::Unreadable { what: "text" })
    }

    pub(crate) fn optional_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        self.0.text(column)
    }

    pub(crate) fn bytes(&self, column: usize) -> Result<&[u8], StoreError> {
        self.0.bytes(column)?.ok_or(StoreError::Unreadable { what: "bytes" })
    }

    pub(crate) fn optional_bytes(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        self.0.bytes(column)
    }

    pub(crate) fn uuid(&self, column: usize) -> Result<Uuid, StoreError> {
        Uuid::from_slice(self.bytes(column)?).map_err(|_| StoreError::Unreadable { what: "uuid" })
    }

    pub(crate) fn optional_uuid(&self, column: usize) -> Result<Option<Uuid>, StoreError> {
        match self.0.bytes(column)? {
            Some(bytes) => Uuid::from_slice(bytes).map(Some).map_err(|_| StoreError::Unreadable { what: "uuid" }),
            None => Ok(None),
        }
    }
}
