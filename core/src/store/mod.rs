//! Persistence. Private to this crate.
