//! `rollcall serve`

use super::global::{Global, open};
use super::listener::{Listener, StopOrder};
use super::{Failure, Outcome, logs};
use clap::Args;
use tracing::info;

/// Answer in every API until SIGTERM or SIGINT
///
/// The address, time-outs and limits are settings: see `rollcall config`. The log goes to standard error.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The IP address and port to listen on; port 0 takes any free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

impl Serve {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let settings = global.settings(self.listen.as_deref())?;
        logs::start(&settings.log);
        let stop = StopOrder::watch();
        let directory = open(&settings.database.url).await?;
        let is_new = directory.is_new();
        let listener = Listener::bind(settings.http, directory).await?;
        info!("listening on http://{}", listener.address());
        if is_new {
            info!("made the database {}, which was not there", settings.database.url);
        }
        listener.run(stop).await;
        info!("stopped");
        Ok(Outcome::Done)
    }
}
