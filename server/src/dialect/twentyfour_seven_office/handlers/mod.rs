//! The handlers: extract, ask, render.

pub mod me;
pub mod organization;
