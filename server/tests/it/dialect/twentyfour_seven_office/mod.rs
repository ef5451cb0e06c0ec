//! 24SevenOffice: people as closed objects, and the caller's own identity.

mod me;
mod people;
