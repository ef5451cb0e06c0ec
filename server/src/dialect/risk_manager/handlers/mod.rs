//! What is done for each route: extract, ask, render.

pub mod groups;
pub mod me;
pub mod people;
pub mod token;
