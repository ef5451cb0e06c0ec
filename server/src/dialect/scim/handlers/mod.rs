//! What the routes do: extract, ask, render.

pub mod discovery;
pub mod users;
