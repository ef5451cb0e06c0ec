//! What every handler can reach.

use super::settings::HttpSettings;
use rollcall_core::directory::Directory;
use std::sync::Arc;

/// What every handler can reach. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    pub settings: Arc<HttpSettings>,
    pub directory: Arc<Directory>,
}

impl AppState {
    pub fn new(settings: HttpSettings, directory: Arc<Directory>) -> Self {
        Self { settings: Arc::new(settings), directory }
    }
}
