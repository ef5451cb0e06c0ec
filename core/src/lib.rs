//! Everything about a people directory that is true without a network.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`domain`] | the data and its rules: no I/O, no SQL, no clock |
//! | [`measure`] | what is counted while the program runs |
//! | [`query`] | filter, order and window over people and groups, and their meaning in memory |
//! | [`directory`] | the application service: every rule lives there; the only way to data |
//! | `store` | private: SQL, written once, over an embedded or a remote database |
//!
//! The arrows: `directory → store → store::backend`; `domain` and `query` know nobody.

pub mod directory;
pub mod domain;
pub mod measure;
pub mod query;
mod store;
#[cfg(test)]
mod test_database;
