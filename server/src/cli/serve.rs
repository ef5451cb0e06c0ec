//! `rollcall serve`

use super::global::{Global, open};
use super::listener::{Listener, StopOrder};
use super::{Failure, Outcome, logs};
use clap::Args;
use std::net::SocketAddr;
use tracing::info;

/// Answer in every API until SIGTERM or SIGINT
///
/// The address, time-outs and limits are settings: see `rollcall config`. The log goes to standard error.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The IP address and port to listen on; port 0 takes any free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

impl Serve {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let settings = global.settings(self.listen)?;
        logs::start(&settings.log);
        let stop = StopOrder::watch();
        let directory = open(&settings.database.url)?;
        let listener = Listener::bind(settings.http, directory).await?;
        info!("listening on http://{}", listener.address());
        listener.run(stop).await;
        info!("stopped");
        Ok(Outcome::Done)
    }
}
