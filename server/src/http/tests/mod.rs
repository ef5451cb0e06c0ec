//! The front as a client meets it: bytes into a socket, bytes out of it.

mod conditions;
mod connections;
mod requests;
pub mod support;
