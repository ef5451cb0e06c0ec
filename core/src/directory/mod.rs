//! The directory: the one door to data. Every rule lives here.

mod error;

pub use error::DirectoryError;
