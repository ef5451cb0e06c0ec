//! Who is calling: a secret turned into a credential, and a credential into an actor in one organization.
//!
//! The credential fixes the organizations; whatever a request names may only choose among them. What a good one is, is
//! remembered ([`memory`]), and held against the state of the database with each request.

mod memory;

pub(super) use memory::KnownCredentials;

use super::{Actor, Caller, Directory, DirectoryError, Secret};
use crate::domain::{ApplicationId, IdentityId, Instant, OrganizationId, PersonNumber, Quirks, Scopes, Slug, TokenId};
use crate::store::{ApplicationRow, EntryRow, SecretHash, Standing, TokenRow};
use memory::Known;
use std::sync::{Arc, PoisonError};

/// A good credential: where it may enter, and what it may do there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    pub(super) token: TokenId,
    pub(super) application: Option<ApplicationId>,
    pub(super) identity: Option<IdentityId>,
    pub(super) entries: Vec<Entry>,
    pub(super) quirks: Quirks,
    /// Whether it is the session of a browser, which no API knows.
    pub(super) is_session: bool,
}

/// Whose a credential is, however many tokens they are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// Whoever was handed this one token.
    Token(TokenId),
    /// An application by itself, or for somebody who has signed in: it can ask for as many tokens as it likes.
    Application(ApplicationId, Option<IdentityId>),
}

/// An organization that a credential may enter, the person that it is there, and what it may do there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub organization: OrganizationId,
    pub slug: Slug,
    pub person: Option<PersonNumber>,
    /// The credential's own; of a person's, no more than the person's role has.
    pub scopes: Scopes,
}

/// What an application asks of an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessRequest {
    pub lifetime_seconds: i64,
    /// All that the token shall do; `None`: whatever the application may.
    pub scopes: Option<Scopes>,
}

/// A fresh access token of OAuth 2.0.
#[derive(Clone, Debug)]
pub struct AccessToken {
    pub secret: Secret,
    pub scopes: Scopes,
    pub expires_in_seconds: i64,
}

/// A good credential, and what the database stood at when it was.
#[derive(Clone, Debug)]
pub struct Authenticated {
    pub credential: Arc<Credential>,
    pub standing: Standing,
}

impl Authenticated {
    fn unless_a_session(self) -> Result<Self, DirectoryError> {
        if self.credential.is_session { Err(DirectoryError::Unauthenticated) } else { Ok(self) }
    }
}

impl Credential {
    fn of(token: TokenRow, entries: Vec<EntryRow>) -> Self {
        let entries = entries.into_iter().map(Entry::from).collect();
        Self {
            token: token.id,
            application: token.application,
            identity: token.identity,
            entries,
            quirks: token.quirks,
            is_session: token.session_agent.is_some(),
        }
    }

    pub const fn token(&self) -> TokenId {
        self.token
    }

    pub const fn holder(&self) -> Holder {
        match self.application {
            Some(application) => Holder::Application(application, self.identity),
            None => Holder::Token(self.token),
        }
    }

    pub const fn identity(&self) -> Option<IdentityId> {
        self.identity
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Enters the organization that a request names, or the only one when it names none.
    ///
    /// An organization that the credential may not enter is not found, exactly like one that does not exist.
    pub fn enter(&self, named: Option<&str>) -> Result<Actor, DirectoryError> {
        let entry = match (named, self.entries.as_slice()) {
            (Some(named), entries) => entries.iter().find(|entry| entry.slug.as_str() == named).ok_or(DirectoryError::NotFound)?,
            (None, [only]) => only,
            (None, []) => return Err(DirectoryError::NotFound),
            (None, _) => return Err(DirectoryError::ChooseOrganization),
        };
        let caller = Caller::Token { token: self.token, person: entry.person, identity: self.identity };
        Ok(Actor {
            organization: entry.organization,
            slug: entry.slug.clone(),
            scopes: entry.scopes,
            caller,
            quirks: self.quirks.clone(),
            origin: None,
        })
    }
}

impl Directory {
    /// The credential behind a secret. Unknown, mistyped, expired and revoked ones are all the same to the caller, and
    /// so is the token of a person who cannot sign in: deleted, archived, blocked or without an account.
    ///
    /// A browser's session is none either: [`Directory::session`] knows those.
    pub async fn authenticate(&self, secret: &str) -> Result<Arc<Credential>, DirectoryError> {
        let credential = self.credential_behind(secret).await?;
        if credential.is_session { Err(DirectoryError::Unauthenticated) } else { Ok(credential) }
    }

    /// The credential behind a secret, whatever it is for.
    pub(super) async fn credential_behind(&self, secret: &str) -> Result<Arc<Credential>, DirectoryError> {
        let hash = Secret::hash_of(secret).ok_or(DirectoryError::Unauthenticated)?;
        match self.recall(&hash).await? {
            Some(known) => Ok(known.credential),
            None => Ok(Arc::clone(&self.look_up(secret).await?.credential)),
        }
    }

    /// The same, with what the database stood at meanwhile: the states of credentials, and of the organizations that this one
    /// enters as somebody, or of the few that it enters as nobody.
    pub async fn authenticate_standing(&self, secret: &str) -> Result<Authenticated, DirectoryError> {
        let hash = Secret::hash_of(secret).ok_or(DirectoryError::Unauthenticated)?;
        if let Some(known) = self.recall(&hash).await? {
            return known.unless_a_session();
        }
        // In a box, because it is rare and its work is large.
        let known = Box::pin(self.look_up(secret)).await?;
        let standing = self.store.standing(known.asked()).await?;
        Authenticated { credential: Arc::clone(&known.credential), standing }.unless_a_session()
    }

    /// The credential that is remembered of a secret with this hash, if it is good still.
    async fn recall(&self, hash: &SecretHash) -> Result<Option<Authenticated>, DirectoryError> {
        let Some(known) = self.known.get(hash) else { return Ok(None) };
        let standing = self.store.standing(known.asked()).await?;
        if !known.holds_at(&standing) {
            return Ok(None);
        }
        let now = self.now();
        if known.has_expired(now) {
            self.known.forget(hash);
            return Err(DirectoryError::Unauthenticated);
        }
        self.remember_use([(known.credential.token, now)]);
        Ok(Some(Authenticated { credential: Arc::clone(&known.credential), standing }))
    }

    /// Asks the database, whatever is remembered, and remembers a good credential.
    pub(crate) async fn look_up(&self, secret: &str) -> Result<Arc<Known>, DirectoryError> {
        let secret = Secret::parse(secret).ok_or(DirectoryError::Unauthenticated)?;
        let (hash, now) = (secret.hash(), self.now());
        let found = self.read_system(move |tx| {
            Box::pin(async move {
                // First: what is read after it may be newer, and then is read once more when it is next asked for.
                let moment = tx.credentials_moment().await?;
                let token = tx.token_by_hash(&hash).await?.ok_or(DirectoryError::Unauthenticated)?;
                if token.revoked_at.is_some() || token.expires_at.is_some_and(|end| end <= now) {
                    return Err(DirectoryError::Unauthenticated);
                }
                let entered = tx.entries_of_token(&token).await?;
                if token.person.is_some() && entered.entries.is_empty() {
                    return Err(DirectoryError::Unauthenticated);
                }
                Ok((moment, token, entered))
            })
        });
        let (moment, token, entered) = found.await.inspect_err(|error| {
            if matches!(error, DirectoryError::Unauthenticated) {
                self.known.forget(&hash);
            }
        })?;
        self.remember_use([(token.id, now)]);
        let expires_at = token.expires_at;
        let known = Arc::new(Known::new(Arc::new(Credential::of(token, entered.entries)), expires_at, moment, entered.watched));
        self.known.remember(hash, Arc::clone(&known));
        Ok(known)
    }

    /// Gives an application an access token for one of its organizations (OAuth 2.0 client credentials, RFC 6749
    /// section 4.4). `choose` picks among them; picking none is like an organization that does not exist. Asking for a
    /// scope that the application has not is forbidden.
    pub async fn grant_access(
        &self,
        client_id: &str,
        client_secret: &str,
        asked: AccessRequest,
        choose: impl FnOnce(&[Entry]) -> Result<Entry, DirectoryError> + Send,
    ) -> Result<AccessToken, DirectoryError> {
        let (application, entries) = self.client(client_id, client_secret).await?;
        let chosen = choose(&entries)?;
        if !entries.contains(&chosen) {
            return Err(DirectoryError::NotFound);
        }
        let scopes = asked.scopes.unwrap_or(application.scopes);
        if let Some(lacking) = scopes.iter().find(|scope| !application.scopes.contains(*scope)) {
            return Err(DirectoryError::Forbidden(lacking));
        }
        let secret = Secret::random()?;
        let now = self.now();
        let token = TokenRow {
            id: TokenId::new(self.surroundings.new_id()),
            name: application.name,
            scopes,
            identity: None,
            application: Some(application.id),
            person: None,
            created_at: now,
            expires_at: Some(now.plus_seconds(asked.lifetime_seconds)),
            revoked_at: None,
            last_used_at: None,
            quirks: Quirks::none(),
            sign_in: None,
            session_agent: None,
        };
        let hash = secret.hash();
        self.write_system(move |tx| {
            Box::pin(async move {
                tx.delete_expired_tokens(application.id, now).await?;
                Ok(tx.insert_token(&token, &hash, &[chosen.organization]).await?)
            })
        })
        .await?;
        Ok(AccessToken { secret, scopes, expires_in_seconds: asked.lifetime_seconds })
    }

    /// The application of this id and secret, and where it may enter. An unknown id and a wrong secret are the same to
    /// the caller.
    pub(super) async fn client(&self, id: &str, secret: &str) -> Result<(ApplicationRow, Vec<Entry>), DirectoryError> {
        let id = id.parse::<ApplicationId>().map_err(|_| DirectoryError::Unauthenticated)?;
        let (application, entries) = self.application(id).await?.ok_or(DirectoryError::Unauthenticated)?;
        let is_right = Secret::parse(secret).is_some_and(|secret| secret.has_hash(&application.secret_hash));
        if is_right { Ok((application, entries)) } else { Err(DirectoryError::Unauthenticated) }
    }

    /// An application, and where it may enter.
    pub(super) async fn application(&self, id: ApplicationId) -> Result<Option<(ApplicationRow, Vec<Entry>)>, DirectoryError> {
        self.read_system(move |tx| {
            Box::pin(async move {
                let Some(application) = tx.application(id).await? else { return Ok(None) };
                let entries = tx.entries_of_application(id, application.scopes).await?;
                Ok(Some((application, entries.into_iter().map(Entry::from).collect())))
            })
        })
        .await
    }

    /// Writes down when tokens were last used. To be called about once a minute, and before stopping.
    pub async fn note_token_use(&self) -> Result<(), DirectoryError> {
        let used: Vec<_> = std::mem::take(&mut *self.used.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect();
        if used.is_empty() {
            return Ok(());
        }
        let written = used.clone();
        let noted = self.write_system(move |tx| Box::pin(async move { Ok(tx.touch_tokens(&written).await?) })).await;
        if noted.is_err() {
            self.remember_use(used);
        }
        noted
    }

    /// Keeps the last use of each token until it is written down; a clock that goes back moves none back.
    fn remember_use(&self, uses: impl IntoIterator<Item = (TokenId, Instant)>) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for (token, at) in uses {
            let last = used.entry(token).or_insert(at);
            *last = at.max(*last);
        }
    }
}

impl From<EntryRow> for Entry {
    fn from(row: EntryRow) -> Self {
        Self { organization: row.organization, slug: row.slug, person: row.person, scopes: row.scopes }
    }
}

#[cfg(test)]
mod tests;
