//! What PATCH does, fact by fact.

mod bodies;
