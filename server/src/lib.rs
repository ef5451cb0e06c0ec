//! Rollcall, the server and its command line.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`config`] | the settings: defaults, file, environment and flags |

pub mod config;
