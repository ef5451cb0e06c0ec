//! The handlers: extract, ask, render. A read asks first whether the client has it already.

pub mod catalogue;
pub mod persons;
