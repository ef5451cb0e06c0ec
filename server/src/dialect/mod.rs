//! The rooms: one folder for each API that Rollcall answers in. Rooms never import one another.

pub mod proofhub;
