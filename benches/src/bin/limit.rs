//! The fixed-bytes server: what axum and hyper can do at most on this machine, because nothing is asked, checked or made.
//!
//! `limit 127.0.0.1:PORT NAME=FILE…` answers `GET /NAME` with the bytes of FILE as JSON.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use std::error::Error;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().ok_or("the first argument is the address")?;
    let mut router = Router::new();
    for argument in arguments {
        let (name, file) = argument.split_once('=').ok_or("a route is NAME=FILE")?;
        let body = Bytes::from(std::fs::read(file)?);
        router = router.route(&format!("/{name}"), get(move || async move { ([(CONTENT_TYPE, "application/json")], body) }));
    }
    let listener = TcpListener::bind(address).await?;
    axum::serve(listener, router.route("/readyz", get(|| async { "ready" }))).await?;
    Ok(())
}
