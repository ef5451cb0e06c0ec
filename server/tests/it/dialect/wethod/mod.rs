//! Wethod: persons by pages, with the filters of the reference page.

mod catalogue;
mod filters;
mod headers;
mod operators;
mod persons;
mod windows;
