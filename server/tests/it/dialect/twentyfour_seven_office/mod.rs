//! 24SevenOffice: people as closed objects, and the caller's own identity.

mod conditions;
mod me;
mod people;
mod read_only;
