//! Rollcall from outside: real requests to a real server over a database of its own, and the built program itself.
//!
//! | module | what it claims |
//! | --- | --- |
//! | [`cli`] | the built program, as a shell meets it |
//! | [`layers`] | nothing in the source tree points up or sideways |

mod cli;
mod layers;
