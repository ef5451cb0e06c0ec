//! ProofHub API v3: people, groups, roles, languages and time zones as ProofHub's clients know them.

pub mod languages;
pub mod zones;
