//! Who gets in, by which header, for how long.

mod client_credentials;
mod owners;
mod schemes;
pub mod sign_in;
mod tokens;
