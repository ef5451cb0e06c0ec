//! The console: what people see who open it in a browser.

mod issuer;
mod people;
mod set_up;
mod sign_in;
