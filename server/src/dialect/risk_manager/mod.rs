//! Modulo Risk Manager's Web API.

pub mod odata;
