//! Writes as changes of the directory's records, and nothing else: no I/O, no clock, no rule of who may.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`body`] | the members of an object, each read as what it must be; every fault at once |
//! | [`person`] | what a client writes of a person, and the change that it asks for |
//! | [`zone`] | the time zone of it, a row of the vendor's list |
//! | [`group`] | the same for a group |
//!
//! Three laws hold for every write: what was put is shown; putting back what is shown changes nothing, so that no
//! fallback is ever stored; and nothing changes that this API does not show. What is not written stays, and what is
//! written as it is shown stays too.

mod body;
mod group;
mod person;
mod zone;

pub use body::Faults;
pub use group::GroupWrite;
pub use person::PersonWrite;

#[cfg(test)]
pub(super) mod tests;
