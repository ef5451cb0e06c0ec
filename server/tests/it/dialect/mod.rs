//! What each API's clients may rely on, one folder each.

mod proofhub;
mod risk_manager;
mod scim;
mod twentyfour_seven_office;
mod unserved;
mod wethod;
