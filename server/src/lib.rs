//! Rollcall, the server and its command line.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`config`] | the settings: defaults, file, environment and flags |
//! | [`dialect`] | one folder for each API that Rollcall answers in |
//! | [`http`] | connections, limits, routing: everything about HTTP that is the same in every API; knows none of them |

pub mod config;
pub mod dialect;
pub mod http;
