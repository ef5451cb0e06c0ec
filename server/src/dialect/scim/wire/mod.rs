//! Records as resources: objects of members in their canonical spelling, with nothing in them that is absent.
//!
//! | module | what it renders |
//! | --- | --- |
//! | [`user`], [`group`] | a person, and a group |
//! | [`custom`] | what an organization has defined, of any record |
//! | [`entries`] | lists of addresses and numbers |
//! | [`meta`] | what the server says of every resource |
//! | [`members`] | the members of one object, while it is made |
//! | [`straight`] | people as bytes, straight from packed records |

pub mod custom;
pub mod entries;
pub mod group;
pub mod members;
pub mod meta;
pub mod straight;
pub mod user;

#[cfg(test)]
mod tests;
