//! Sessions of browsers: people who sign in at the web console with their password.
//!
//! A session is a token of the identity, whose secret is in the browser's cookie. It enters wherever the identity is
//! linked, and does there what the person's role allows. No API takes it, and the console takes no other token: what a
//! browser sends by itself, and what a program sends on purpose, are never the same.

use super::{Credential, Directory, DirectoryError, Secret};
use crate::domain::{Email, IdentityId, Instant, Quirks, Scopes, TokenId};
use crate::store::TokenRow;
use std::sync::Arc;

/// How long a session lasts, in seconds: a working day, so that a browser left alone is no open door for weeks.
const SESSION_TTL_SECONDS: i64 = 12 * 60 * 60;
/// Bytes that are kept of what a browser calls itself: enough to know it by.
const AGENT_BYTES_MAX: usize = 256;

/// A session that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSummary {
    pub id: TokenId,
    /// What the browser calls itself; may be empty.
    pub agent: String,
    pub created_at: Instant,
    pub last_used_at: Option<Instant>,
    pub expires_at: Option<Instant>,
}

impl Directory {
    /// Signs somebody in by e-mail address and password. The secret is for the browser's cookie alone.
    ///
    /// A wrong password and an address that nobody has are the same, and take the same time: `Unauthenticated`.
    pub async fn begin_session(&self, email: &str, password: &str, agent: &str) -> Result<Secret, DirectoryError> {
        let (identity, password_hash) = self.identity_behind(email, password).await?;
        self.insert_session(identity, Some(password_hash), agent).await
    }

    /// Signs somebody in whose e-mail address somebody else vouches for, whom the operator trusts. An address that nobody has
    /// is `Unauthenticated`.
    pub async fn begin_session_of(&self, email: &Email, agent: &str) -> Result<Secret, DirectoryError> {
        let email = email.clone();
        let found = self.read_system(move |tx| Box::pin(async move { Ok(tx.identity_with_email(&email).await?) })).await?;
        self.insert_session(found.ok_or(DirectoryError::Unauthenticated)?, None, agent).await
    }

    /// A new session; where it was begun with a password, that must still be the password.
    async fn insert_session(&self, identity: IdentityId, password_hash: Option<String>, agent: &str) -> Result<Secret, DirectoryError> {
        let (secret, now) = (Secret::random()?, self.now());
        let token = TokenRow {
            id: TokenId::new(self.surroundings.new_id()),
            name: String::new(),
            scopes: Scopes::all(),
            identity: Some(identity),
            application: None,
            person: None,
            created_at: now,
            expires_at: Some(now.plus_seconds(SESSION_TTL_SECONDS)),
            revoked_at: None,
            last_used_at: None,
            quirks: Quirks::none(),
            sign_in: None,
            session_agent: Some(cut(agent)),
        };
        let hash = secret.hash();
        self.write_system(move |tx| {
            Box::pin(async move {
                // A new password meanwhile ends what the old one began.
                if password_hash.is_some() && tx.password_hash_of(identity).await? != password_hash {
                    return Err(DirectoryError::Unauthenticated);
                }
                tx.delete_ended_sessions(identity, now).await?;
                Ok(tx.insert_token(&token, &hash, &[]).await?)
            })
        })
        .await?;
        Ok(secret)
    }

    /// The credential of a browser's session. Whatever else is no session: unknown, ended, or a token of an API.
    pub async fn session(&self, secret: &str) -> Result<Arc<Credential>, DirectoryError> {
        let credential = self.credential_behind(secret).await?;
        if credential.is_session { Ok(credential) } else { Err(DirectoryError::Unauthenticated) }
    }

    /// The sessions of whoever this one is of, newest first.
    pub async fn sessions(&self, session: &Credential) -> Result<Vec<SessionSummary>, DirectoryError> {
        let (identity, now) = (owner(session)?, self.now());
        let rows = self.read_system(move |tx| Box::pin(async move { Ok(tx.sessions_of(identity, now).await?) })).await?;
        Ok(rows.into_iter().map(SessionSummary::from).collect())
    }

    /// Ends a session, at once: this one, or another one of the same identity. Anybody else's is not found.
    pub async fn end_session(&self, session: &Credential, id: TokenId) -> Result<(), DirectoryError> {
        let (identity, now) = (owner(session)?, self.now());
        self.write_system(move |tx| {
            Box::pin(async move {
                let is_own = tx.sessions_of(identity, now).await?.iter().any(|row| row.id == id);
                if is_own && tx.revoke_token(id, now).await? { Ok(()) } else { Err(DirectoryError::NotFound) }
            })
        })
        .await
    }
}

fn owner(session: &Credential) -> Result<IdentityId, DirectoryError> {
    session.identity.filter(|_| session.is_session).ok_or(DirectoryError::NoIdentity)
}

/// As much of a text as is kept, cut between two signs.
fn cut(agent: &str) -> String {
    agent
        .chars()
        .scan(0, |bytes, sign| {
            *bytes += sign.len_utf8();
            (*bytes <= AGENT_BYTES_MAX).then_some(sign)
        })
        .collect()
}

impl From<TokenRow> for SessionSummary {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            agent: row.session_agent.unwrap_or_default(),
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}

#[cfg(test)]
mod tests;
