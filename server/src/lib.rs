//! Rollcall, the server and its command line.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`cli`] | the commands, one file each |
//! | [`config`] | the settings: defaults, file, environment and flags |
//! | [`http`] | connections, limits, routing: everything about HTTP that is the same in every API; knows none of them |
//! | [`dialect`] | the APIs, one room each |
//! | [`console`] | the web pages, a room like the others |
//!
//! The arrows: `cli → dialect → http` and `cli → config → http`; `cli` and `dialect` ask `rollcall_core::directory`. Rooms
//! never name each other.

pub mod cli;
pub mod config;
pub mod console;
pub mod dialect;
pub mod http;

/// Every room: the APIs, and the web pages.
pub fn rooms() -> Vec<&'static http::Room> {
    dialect::ROOMS.iter().copied().chain([&console::ROOM]).collect()
}
