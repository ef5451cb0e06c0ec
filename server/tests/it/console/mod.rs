//! The console: what people see who open it in a browser.

mod people;
mod set_up;
mod sign_in;
