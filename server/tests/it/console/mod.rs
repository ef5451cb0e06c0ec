//! The console: what people see who open it in a browser.

mod groups;
mod issuer;
mod lacks;
mod people;
mod person;
mod set_up;
mod sign_in;
