//! `rollcall serve`

use super::global::{Global, made, open};
use super::listener::{Listener, StopOrder};
use super::{Failure, Outcome, logs};
use crate::config::TypedUrl;
use clap::Args;
use tracing::{debug, info};

/// Answer in every API until SIGTERM or SIGINT
///
/// The address, time-outs and limits are settings: see `rollcall config`. The log goes to standard error.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The IP address and port to listen on; port 0 takes any free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// A PostgreSQL database that follows the first one and answers long reads; may be given several times, in the place of those in
    /// the settings
    #[arg(long = "replica", value_name = "URL")]
    replicas: Vec<TypedUrl>,
}

impl Serve {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let settings = global.settings_of_a_server(self.listen.as_deref(), &self.replicas)?;
        logs::start(&settings.log);
        let mut stop = StopOrder::watch();
        let database = settings.database.for_a_server();
        let opened = tokio::select! {
            opened = open(&database) => Some(opened?),
            () = stop.given() => None,
        };
        let Some(directory) = opened else {
            info!("stopped before the database could be reached");
            return Ok(Outcome::Done);
        };
        let is_new = directory.is_new();
        let listener = Listener::bind(settings.http, directory).await?;
        info!("listening on http://{}", listener.address());
        if is_new {
            info!("{}", made(&database.url));
        }
        // Beside the serving, which waits for nobody: the database may be away, and then there is no link until the next start.
        let link = listener.set_up_link();
        tokio::spawn(async move {
            match link.await {
                Ok(Some(link)) => info!("nobody can sign in yet: set up the console within a day at {link}"),
                Ok(None) => {}
                Err(error) => debug!(%error, "could not look whether anybody can sign in"),
            }
        });
        listener.run(stop).await;
        info!("stopped");
        Ok(Outcome::Done)
    }
}
