//! A server over a directory, from the free port to the last request after the order to stop.

use super::Failure;
use super::failure::causes;
use crate::http::{HttpSettings, Server, stop_signal};
use rollcall_core::directory::{Directory, DirectoryError};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, timeout};
use tracing::{error, warn};

/// How often the last use of tokens is written down.
const NOTING_INTERVAL: Duration = Duration::from_secs(60);
/// How long the last note may take when the server ends: a database that is away does not hold that up.
const LAST_NOTE_MAX: Duration = Duration::from_secs(5);

/// The order to stop, SIGTERM or SIGINT, watched for from the moment that this is made.
#[derive(Debug)]
pub(super) struct StopOrder(JoinHandle<io::Result<()>>);

/// A server that listens and does not serve yet.
#[derive(Debug)]
pub(super) struct Listener {
    server: Server,
    directory: Arc<Directory>,
}

impl StopOrder {
    pub(super) fn watch() -> Self {
        Self(tokio::spawn(stop_signal()))
    }

    /// Ready once the order has come. To be awaited to its end once only.
    pub(super) async fn given(&mut self) {
        match (&mut self.0).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => error!(error = %failure, "stopping: could not wait for signals"),
            Err(failure) => error!(error = %failure, "stopping: the wait for signals broke off"),
        }
    }
}

impl Listener {
    /// Listens with every API.
    pub(super) async fn bind(settings: HttpSettings, directory: Directory) -> Result<Self, Failure> {
        let listen = settings.listen;
        let directory = Arc::new(directory);
        let server = Server::bind(settings, Arc::clone(&directory), &crate::rooms()).await.map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => Failure::AddressInUse(listen),
            _ => Failure::system(format!("listen on {listen}"), source),
        })?;
        Ok(Self { server, directory })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The link to set the directory up in the console, as long as nobody can sign in.
    pub(super) fn set_up_link(&self) -> impl Future<Output = Result<Option<String>, DirectoryError>> + Send + 'static {
        let (directory, url) = (Arc::clone(&self.directory), self.server.public_url());
        async move { crate::console::set_up_link(&directory, &url).await }
    }

    /// Serves until the order to stop, then lets requests in work end.
    pub(super) async fn run(self, mut stop: StopOrder) {
        let (serving, served) = oneshot::channel();
        let noting = tokio::spawn(note_token_use(self.directory, served));
        self.server.run(stop.given()).await;
        drop(serving);
        match timeout(LAST_NOTE_MAX, noting).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => warn!(error = %failure, "could not note the last use of tokens"),
            Err(_) => warn!("could not note the last use of tokens: the database has not answered within {LAST_NOTE_MAX:?}"),
        }
    }
}

/// Writes down when tokens were last used, now and then and once the serving is over.
async fn note_token_use(directory: Arc<Directory>, mut served: oneshot::Receiver<()>) {
    let mut interval = tokio::time::interval(NOTING_INTERVAL);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut has_failed = false;
    loop {
        let is_over = tokio::select! {
            _ = interval.tick() => false,
            _ = &mut served => true,
        };
        // Said once, and not every minute again while the disk is full: what was not noted waits for the next time.
        has_failed = match directory.note_token_use().await {
            Ok(()) => false,
            Err(error) => {
                if !has_failed {
                    warn!(error = causes(&error).join(": "), "could not note the last use of tokens");
                }
                true
            }
        };
        if is_over {
            return;
        }
    }
}
