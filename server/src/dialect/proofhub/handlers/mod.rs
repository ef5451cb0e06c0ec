//! What is done for each route: extract, ask, render.

pub mod groups;
pub mod lists;
pub mod people;
