//! ProofHub: whole lists, windows that its manual does not mention, and moments to the letter.

mod groups;
mod headers;
mod lists;
mod people;
mod windows;
