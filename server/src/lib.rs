//! Rollcall, the server and its command line.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`config`] | the settings: defaults, file, environment and flags |
//! | [`dialect`] | one folder for each API that Rollcall answers in |

pub mod config;
pub mod dialect;
