//! What is read and what it changes, by example; the laws are in [`laws`].

mod groups;
mod laws;
mod people;
mod records;
