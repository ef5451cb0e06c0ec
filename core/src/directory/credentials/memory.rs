//! Credentials that were found good, remembered, so that checking one again is a hash and a look-up.
//!
//! Nothing here is true by itself. What is remembered holds at the states that it was read at: whoever uses it asks the
//! database, with each request, whether these are still the states, and what the time is.

use super::Credential;
use crate::domain::{Instant, OrganizationId};
use crate::store::{CredentialsMoment, OrganizationMoment, SecretHash, Standing};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// Credentials remembered at most, each with the first organizations that it enters.
const CREDENTIALS_MAX: usize = 16_384;
/// Organizations whose state one remembered credential hangs on at most: all of them are asked for with each request.
const WATCHED_MAX: usize = 64;
/// Organizations up to which their states are asked for though a credential hangs on none of them.
const ASKED_MAX: usize = 4;

/// A good credential, and when it is one.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) credential: Arc<Credential>,
    expires_at: Option<Instant>,
    credentials: CredentialsMoment,
    /// All the organizations that it enters as somebody, or would.
    watched: Vec<(OrganizationId, OrganizationMoment)>,
    asked: Vec<OrganizationId>,
}

impl Known {
    /// A credential that was read at these states, or after them.
    pub(super) fn new(
        credential: Arc<Credential>,
        expires_at: Option<Instant>,
        credentials: CredentialsMoment,
        watched: Vec<(OrganizationId, OrganizationMoment)>,
    ) -> Self {
        let entries = credential.entries.iter().map(|entry| entry.organization);
        let asked = match watched.as_slice() {
            [] if credential.entries.len() <= ASKED_MAX => entries.collect(),
            watched => watched.iter().map(|(organization, _)| *organization).collect(),
        };
        Self { credential, expires_at, credentials, watched, asked }
    }

    /// The organizations whose state must be known to use it, and that of who is likely to be asked next.
    pub(super) fn asked(&self) -> &[OrganizationId] {
        &self.asked
    }

    /// Whether nothing that it depends on has changed.
    pub(super) fn holds_at(&self, standing: &Standing) -> bool {
        let is_as_it_was = |(id, moment): &(OrganizationId, OrganizationMoment)| standing.organization(*id) == Some(*moment);
        self.credentials == standing.credentials() && self.watched.iter().all(is_as_it_was)
    }

    pub(super) fn has_expired(&self, now: Instant) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// Those that are remembered, by the hash of their secret; never the secret.
pub(in crate::directory) struct KnownCredentials(Cache<SecretHash, Arc<Known>, ByEntries>);

impl KnownCredentials {
    pub(in crate::directory) fn new() -> Self {
        Self(Cache::with_weighter(CREDENTIALS_MAX, CREDENTIALS_MAX as u64 * ByEntries::OF_ONE, ByEntries))
    }

    pub(super) fn get(&self, hash: &SecretHash) -> Option<Arc<Known>> {
        self.0.get(hash)
    }

    /// One that hangs on too much is not remembered.
    pub(super) fn remember(&self, hash: SecretHash, known: Arc<Known>) {
        if known.watched.len() <= WATCHED_MAX {
            self.0.insert(hash, known);
        }
    }

    /// Lets go of one that is not good any more.
    pub(super) fn forget(&self, hash: &SecretHash) {
        self.0.remove(hash);
    }
}

/// A credential takes as much as it has entries, beside itself.
#[derive(Clone)]
struct ByEntries;

impl ByEntries {
    /// Of a credential with one entry.
    const OF_ONE: u64 = 4;
}

impl Weighter<SecretHash, Arc<Known>> for ByEntries {
    fn weight(&self, _: &SecretHash, known: &Arc<Known>) -> u64 {
        Self::OF_ONE - 1 + (known.credential.entries.len() + known.watched.len()) as u64
    }
}
