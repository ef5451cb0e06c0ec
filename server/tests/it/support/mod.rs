//! A server to test, people to put into it, and clients to ask it.
//!
//! Start at [`TestServer::with`] and [`people!`].

mod answer;
mod api;
mod browser;
mod chromium;
mod client;
mod clock;
mod cluster;
mod database;
mod issuer;
mod people;
mod postgres;
mod program;
mod server;
mod talk;

pub use answer::Answer;
pub use api::Api;
pub use browser::{Browser, OWNER};
pub use chromium::{Chromium, Scheme};
pub use client::{Call, Client, say};
pub use clock::Clock;
pub use cluster::Cluster;
pub use database::Database;
pub use issuer::Issuer;
pub(crate) use people::people;
pub use people::{crowd, group, line};
pub use postgres::{program, run};
pub use program::{Ended, Place, Running, Serving};
pub use server::{TestServer, slug};
pub use talk::Talk;
