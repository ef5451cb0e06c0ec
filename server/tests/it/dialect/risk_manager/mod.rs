//! Risk Manager: people behind OData filters.

mod comparisons;
mod filter_errors;
mod functions;
mod groups;
mod information;
mod order;
mod pages;
mod paths;
mod people;

use crate::support::{TestServer, people};

/// Four people who differ in everything that can be filtered.
async fn with_cast() -> TestServer {
    let cast = people![
        "Elizabeth Warren", login: "ewarren", email: "warren@example.com", phone: "202-224-4543", description: "Senator",
            additional_information: "Night shift";
        "Jane Doe", login: "janedoe", email: "jdoe@example.com", phone: "+1 (646) 555-0000", account: "blocked";
        "Omar", email: "omar@example.com";
        "Straße Müller", login: "O'Neill", account: "none", description: "100% of_it";
    ];
    TestServer::with(cast).await
}

/// The names of the people of [`with_cast`] that pass a filter.
async fn found(filter: &str) -> Vec<String> {
    let server = with_cast().await;
    server.reader().filtered(filter).await.names()
}
