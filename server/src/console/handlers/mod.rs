//! The pages, a file for each part of the console. A handler is three moves: what was asked, what the directory says, the page.

pub mod group;
pub mod groups;
pub mod home;
pub mod issuer;
pub mod language;
pub mod people;
pub mod person;
pub mod sessions;
pub mod set_up;
pub mod sign_in;
