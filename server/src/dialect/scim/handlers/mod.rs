//! What the routes do: extract, ask, render.

pub mod bulk;
pub mod discovery;
pub mod groups;
pub mod lists;
pub mod users;
