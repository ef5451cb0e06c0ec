//! What every handler can reach.

use super::limits::FailedLogins;
use super::metrics::Metrics;
use super::quick::Answers;
use super::room::Room;
use super::settings::HttpSettings;
use rollcall_core::directory::Directory;
use std::sync::Arc;

/// What every handler can reach. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    pub settings: Arc<HttpSettings>,
    pub directory: Arc<Directory>,
    pub failed_logins: FailedLogins,
    pub answers: Answers,
    /// Every room that is mounted; none before that.
    pub rooms: Arc<[&'static Room]>,
    pub metrics: Arc<Metrics>,
}

impl AppState {
    pub fn new(settings: HttpSettings, directory: Arc<Directory>) -> Self {
        let failed_logins = FailedLogins::new(settings.limits.failed_logins_per_minute, directory.surroundings().clone());
        let answers = Answers::new(settings.answers_bytes_max);
        // The rooms are known once the service is built over them.
        let metrics = Arc::new(Metrics::new(&[], settings.max_requests));
        Self { settings: Arc::new(settings), directory, failed_logins, answers, rooms: Arc::default(), metrics }
    }
}
