//! PATCH (RFC 7644, section 3.5.2): a list of operations on a resource, all of them or none.
//!
//! | step | where | makes |
//! | --- | --- | --- |
//! | body → operations | [`body`] | [`Operation`]s with parsed paths; within the limit on their number |
//! | path → place | `target`, and `selection` for the filter in it | an attribute of the schema, values of it, a part of them |
//! | written → value | `value` | what the attribute takes |
//! | resource → resource | [`apply`](mod@apply), by `single` for one value and `list` for several | the resource with all the operations done |
//! | members → steps | [`members`] | what the directory is to do, row by row |

pub mod apply;
pub mod body;
mod list;
pub mod members;
mod selection;
mod single;
mod target;
mod value;

#[cfg(test)]
mod tests;

pub use apply::{apply, apply_to_group};
pub use body::operations;

use super::filter::Path;
use serde_json::Value;
use std::fmt;

/// One thing to be done to a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub op: Op,
    /// Absent: the resource itself.
    pub path: Option<Path>,
    /// Absent is another thing than null.
    pub value: Option<Value>,
    /// Its place in the request, from 1 on, for messages.
    pub place: usize,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Add,
    Replace,
    Remove,
}

impl Op {
    const ALL: [Self; 3] = [Self::Add, Self::Replace, Self::Remove];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Replace => "replace",
            Self::Remove => "remove",
        }
    }

    /// In any case: Entra writes `Replace`.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.as_str().eq_ignore_ascii_case(word))
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
