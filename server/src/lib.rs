//! Rollcall, the server and its command line.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`config`] | the settings: defaults, file, environment and flags |
//! | [`http`] | connections, limits, routing: everything about HTTP that is the same in every API; knows none of them |
//! | [`dialect`] | the APIs, one room each |
//!
//! The arrows: `dialect/<room> → http`, and `dialect/<room> → rollcall_core::directory`. Rooms never name each other.

pub mod config;
pub mod dialect;
pub mod http;
