//! What every handler can reach.

use super::settings::HttpSettings;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Whether the server can do its work; the words say what is missing, for the operator.
pub type Readiness = Result<(), String>;

type ReadinessCheck = dyn Fn() -> Pin<Box<dyn Future<Output = Readiness> + Send>> + Send + Sync;

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub settings: Arc<HttpSettings>,
    ready: Arc<ReadinessCheck>,
}

impl AppState {
    /// A state that is always ready; see [`Self::ready_when`].
    pub fn new(settings: HttpSettings) -> Self {
        Self { settings: Arc::new(settings), ready: Arc::new(|| Box::pin(std::future::ready(Ok(())))) }
    }

    /// The same state, ready when `check` says so.
    #[must_use]
    pub fn ready_when<F, R>(mut self, check: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Readiness> + Send + 'static,
    {
        self.ready = Arc::new(move || Box::pin(check()));
        self
    }

    /// Asks whether the server can do its work.
    pub async fn readiness(&self) -> Readiness {
        (self.ready)().await
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState").field("settings", &self.settings).finish_non_exhaustive()
    }
}
