//! News of what was committed, from every process to every other: `LISTEN` and `NOTIFY` on a connection of their own.
//!
//! Sent after the commit: inside a transaction, a notification takes a lock of the whole database. What was committed while a
//! notification is under way goes out with the next, once for each organization. They are lost when the connection is: so nothing
//! is true because of them, and everything that could be stale is held against the sequence itself.

use super::connector::Connector;
use super::failing::{failed, told};
use crate::domain::OrganizationId;
use crate::store::error::StoreError;
use crate::store::ranks::Ranks;
use futures_util::StreamExt;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::task::AbortHandle;
use tokio_postgres::{AsyncMessage, Client};

/// What the processes of one database call to each other on.
const CHANNEL: &str = "rollcall_sequences";
/// How long to wait before connecting again.
const PAUSE: Duration = Duration::from_secs(1);

/// The way to hear of commits and to tell of them. Cheap to clone.
#[derive(Clone)]
pub(super) struct News(Arc<Shared>);

struct Shared {
    connector: Connector,
    /// What is still to be told.
    untold: Mutex<BTreeMap<OrganizationId, i64>>,
    more: Notify,
    /// What other processes' commits leave behind.
    ranks: Ranks,
    teller: Mutex<Option<AbortHandle>>,
}

impl News {
    pub(super) fn new(connector: Connector, ranks: Ranks) -> Self {
        let shared = Shared { connector, untold: Mutex::default(), more: Notify::new(), ranks, teller: Mutex::default() };
        Self(Arc::new(shared))
    }

    /// Tells the other processes of a commit, soon.
    pub(super) fn committed(&self, organization: OrganizationId, sequence: i64) {
        self.0.ranks.heard(organization, sequence);
        lock(&self.0.untold).insert(organization, sequence);
        self.listen();
        self.0.more.notify_one();
    }

    /// Begins to listen and to tell, if that has not begun yet.
    pub(super) fn listen(&self) {
        let mut teller = lock(&self.0.teller);
        if teller.is_none() {
            *teller = Some(tokio::spawn(converse(self.clone())).abort_handle());
        }
    }

    /// Says nothing any more, and hears nothing.
    pub(super) fn stop(&self) {
        if let Some(teller) = lock(&self.0.teller).take() {
            teller.abort();
        }
    }
}

/// Connects, again and again.
async fn converse(news: News) {
    loop {
        if let Err(error) = conversation(&news).await {
            // Whoever cannot reach the database says so; nothing is wrong because of this alone.
            tracing::debug!(error = told(&error), "the connection for news of other processes was lost; answers are as true without it");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Listens and tells until the connection is lost.
async fn conversation(news: &News) -> Result<(), StoreError> {
    let (client, mut messages) = news.0.connector.connect().await?;
    let (heard, mut hearing) = mpsc::unbounded_channel();
    let driver = tokio::spawn(async move {
        while let Some(message) = messages.next().await {
            match message {
                Ok(AsyncMessage::Notification(notification)) => {
                    if heard.send(notification).is_err() {
                        return;
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::debug!(error = told(&error), "the connection for news broke");
                    return;
                }
            }
        }
    });
    // The connection ends with whatever drops this.
    let _ends = AbortOnDrop(driver.abort_handle());
    client.batch_execute(&format!("listen {CHANNEL}")).await.map_err(|error| failed("could not listen", error))?;
    loop {
        tell(news, &client).await.map_err(|error| failed("could not tell the news", error))?;
        tokio::select! {
            () = news.0.more.notified() => {}
            notification = hearing.recv() => match notification {
                Some(notification) => hear(news, notification.payload()),
                None => return Ok(()),
            },
        }
    }
}

/// Everything that is still to be told, each organization once.
async fn tell(news: &News, client: &Client) -> Result<(), tokio_postgres::Error> {
    let untold = std::mem::take(&mut *lock(&news.0.untold));
    if untold.is_empty() {
        return Ok(());
    }
    let sentences = untold.iter().map(|(organization, sequence)| format!("notify {CHANNEL}, '{} {sequence}';", organization.get()));
    client.batch_execute(&sentences.collect::<String>()).await
}

fn hear(news: &News, payload: &str) {
    let numbers = payload.split_once(' ').and_then(|(organization, sequence)| Some((organization.parse().ok()?, sequence.parse().ok()?)));
    match numbers {
        Some((organization, sequence)) => news.0.ranks.heard(OrganizationId::new(organization), sequence),
        None => tracing::debug!("something else was said on the channel of sequences"),
    }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
