//! What is written of a resource, as a change of the record behind it. Pure: no I/O, no clock, no rule of who may.
//!
//! Whether a client replaces a resource or changes some of it, what comes here is the whole resource as it is to be. Each
//! attribute is compared with what was shown of the record as it stands, and only what differs is a change. So three laws
//! hold, which the tests try on random records and writes:
//!
//! 1. what is put is shown, in this API's own spelling of it;
//! 2. putting back what was shown changes nothing, so no fallback is ever stored;
//! 3. nothing changes that this API does not show.
//!
//! | module | what it reads |
//! | --- | --- |
//! | [`compared`] | one object as it is written, beside what was shown of it |
//! | [`entries`] | lists of addresses and numbers |
//! | [`custom`] | what the organization has defined |
//! | [`reference`] | attributes that refer to a person |
//! | [`replaced`] | what a client that replaces a resource cannot mean to clear |
//! | [`user`], [`group`] | a person, and a group without its members |

pub mod compared;
pub mod custom;
pub mod entries;
pub mod group;
pub mod reference;
pub mod replaced;
pub mod user;

pub use compared::{Compared, Difference};

use super::error::Error;

/// A value that its attribute does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{attribute} {reason}")]
pub struct Fault {
    /// By its name in SCIM.
    pub attribute: String,
    /// In words that follow the name; never the value.
    pub reason: String,
}

impl Fault {
    pub fn new(attribute: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { attribute: attribute.into(), reason: reason.into() }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::invalid_value(format!("{fault}."))
    }
}

/// How a resource is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// POST: what is left out is as the server makes it.
    Create,
    /// PUT: what is left out is cleared, unless the client cannot know it.
    Replace,
    /// PATCH: the resource as the operations have left it.
    Modify,
}
