//! Signing in with a password, by way of an application (RFC 6749, section 4.1; RFC 7636; RFC 9700).
//!
//! Somebody who is an identity lets an application act for them. What that gives (a code for a moment, access tokens,
//! refresh tokens one after the other) is one *sign-in*: a code or a refresh token that comes a second time revokes
//! all of it, because one of the two who have it has stolen it.
//!
//! The tokens do what both the application and the person's role allow, in the organizations that both may enter.

use super::credentials::AccessToken;
use super::{Directory, DirectoryError, Entry, Secret};
use crate::domain::{ApplicationId, Email, IdentityId, Instant, OrganizationId, Quirks, RedirectUri, SignInId, Slug, TokenId};
use crate::store::{ApplicationRow, SecretHash, SignInRow, SystemTransaction, TokenRow};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How long a code lives: it is redeemed by a program at once. RFC 6749 allows ten minutes.
const CODE_TTL_SECONDS: i64 = 5 * 60;
/// Hex digits of a code.
const CODE_DIGITS: usize = 32;

/// An application that may ask people to sign in, at one of its redirection endpoints and in some of its organizations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInClient {
    application: ApplicationId,
    /// What the application is called; may be empty.
    pub name: String,
    pub redirect: RedirectUri,
    /// The one organization that was chosen, if one was.
    organization: Option<OrganizationId>,
}

/// The SHA-256 of the secret that a client will show with its code (RFC 7636, method S256).
pub type Challenge = [u8; 32];

/// What a client shows to redeem a code.
#[derive(Clone)]
pub struct ShownCode {
    pub code: String,
    pub redirect: String,
    /// The secret behind the challenge.
    pub verifier: Option<String>,
}

/// How long the tokens of a sign-in live, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    pub access_seconds: i64,
    pub refresh_seconds: i64,
}

/// What a client is given that acts for somebody.
#[derive(Clone, Debug)]
pub struct SignInTokens {
    pub access: AccessToken,
    pub refresh: Secret,
}

/// Why a client is given nothing.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// The code or refresh token is unknown, another client's, used, expired or revoked; it was asked for with another
    /// redirection endpoint or secret; or whoever it is for may enter nowhere at present.
    #[error("the code or refresh token is not good")]
    InvalidGrant,
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

/// What came of showing a code or a refresh token. An abuse is no error inside the transaction: that it revokes must be
/// written.
enum Shown {
    Given(SignInTokens),
    Abused,
}

impl Directory {
    /// The application that wants somebody signed in. Not found unless it exists, has this redirection endpoint to the
    /// byte, and enters the organization that was chosen.
    pub async fn sign_in_client(&self, id: &str, redirect: &str, chosen: Option<&Slug>) -> Result<SignInClient, DirectoryError> {
        let id = id.parse::<ApplicationId>().map_err(|_| DirectoryError::NotFound)?;
        let redirect = RedirectUri::parse(redirect).map_err(|_| DirectoryError::NotFound)?;
        let (application, entries) = self.application(id).await?.ok_or(DirectoryError::NotFound)?;
        let uri = redirect.clone();
        let is_registered = self.read_system(move |tx| Box::pin(async move { Ok(tx.has_redirect(id, &uri).await?) })).await?;
        if !is_registered {
            return Err(DirectoryError::NotFound);
        }
        Ok(SignInClient { application: id, name: application.name, redirect, organization: among(&entries, chosen)? })
    }

    /// Signs somebody in by e-mail address and password, and gives the code that the application redeems.
    ///
    /// A wrong password and an address that nobody has are the same, and take the same time: `Unauthenticated`. Who may
    /// enter none of the application's organizations is `NotFound`.
    pub async fn sign_in(
        &self,
        client: &SignInClient,
        challenge: Option<Challenge>,
        email: &str,
        password: &str,
    ) -> Result<String, DirectoryError> {
        let (identity, password_hash) = self.identity_behind(email, password).await?;
        let (code, now) = (super::random_word()?, self.now());
        let row = SignInRow {
            id: SignInId::new(self.surroundings.new_id()),
            application: client.application,
            identity,
            organization: client.organization,
            redirect: client.redirect.clone(),
            challenge,
            code_expires_at: now.plus_seconds(CODE_TTL_SECONDS),
            code_used_at: None,
            created_at: now,
            revoked_at: None,
        };
        let hash = hash_of(&code);
        self.write_system(move |tx| {
            Box::pin(async move {
                // A new password meanwhile ends what the old one began.
                if tx.password_hash_of(row.identity).await? != Some(password_hash) {
                    return Err(DirectoryError::Unauthenticated);
                }
                if tx.shared_entries(row.identity, row.application, row.organization).await?.is_empty() {
                    return Err(DirectoryError::NotFound);
                }
                tx.delete_expired_tokens(row.application, now).await?;
                tx.delete_ended_sign_ins(row.application, now).await?;
                Ok(tx.insert_sign_in(&row, &hash).await?)
            })
        })
        .await?;
        Ok(code)
    }

    /// Redeems a code. A code that was redeemed before revokes all that it gave.
    pub async fn redeem_code(
        &self,
        client: (&str, &str),
        chosen: Option<&Slug>,
        shown: ShownCode,
        lifetimes: Lifetimes,
    ) -> Result<SignInTokens, GrantError> {
        let (application, entries) = self.client(client.0, client.1).await?;
        let chosen = among(&entries, chosen)?;
        let hash = code_hash(&shown.code).ok_or(GrantError::InvalidGrant)?;
        let gift = self.gift(application, entries, chosen, lifetimes)?;
        let outcome = self.store.write_system(move |tx| {
            Box::pin(async move {
                let sign_in = tx.sign_in_by_code(&hash, gift.application.id).await?.ok_or(GrantError::InvalidGrant)?;
                if sign_in.code_used_at.is_some() {
                    return abused(tx, &sign_in, gift.now).await;
                }
                let is_alive = sign_in.code_expires_at > gift.now && sign_in.revoked_at.is_none();
                if !is_alive || !is_for(&sign_in, &shown) {
                    return Err(GrantError::InvalidGrant);
                }
                if !tx.use_code(sign_in.id, gift.now).await? {
                    return abused(tx, &sign_in, gift.now).await;
                }
                gift.give(tx, &sign_in).await.map(Shown::Given)
            })
        });
        outcome.await?.tokens()
    }

    /// Gives new tokens for a refresh token, in place of it. One that was used before revokes all of its sign-in.
    pub async fn refresh(
        &self,
        client: (&str, &str),
        chosen: Option<&Slug>,
        refresh_token: &str,
        lifetimes: Lifetimes,
    ) -> Result<SignInTokens, GrantError> {
        let (application, entries) = self.client(client.0, client.1).await?;
        let chosen = among(&entries, chosen)?;
        let hash = Secret::parse(refresh_token).ok_or(GrantError::InvalidGrant)?.hash();
        let gift = self.gift(application, entries, chosen, lifetimes)?;
        let outcome = self.store.write_system(move |tx| {
            Box::pin(async move {
                let found = tx.sign_in_by_refresh(&hash, gift.application.id).await?;
                let (sign_in, refresh) = found.ok_or(GrantError::InvalidGrant)?;
                if refresh.used_at.is_some() {
                    return abused(tx, &sign_in, gift.now).await;
                }
                let is_alive = refresh.expires_at > gift.now && sign_in.revoked_at.is_none();
                if !is_alive {
                    return Err(GrantError::InvalidGrant);
                }
                if !tx.use_refresh(&hash, gift.now).await? {
                    return abused(tx, &sign_in, gift.now).await;
                }
                gift.give(tx, &sign_in).await.map(Shown::Given)
            })
        });
        outcome.await?.tokens()
    }

    /// The identity that has this address and this password, and the hash of the password.
    pub(super) async fn identity_behind(&self, email: &str, password: &str) -> Result<(IdentityId, String), DirectoryError> {
        let found = match Email::parse(email) {
            Ok(email) => self.read_system(move |tx| Box::pin(async move { Ok(tx.password_of(&email).await?) })).await?,
            Err(_) => None,
        };
        let known = found.and_then(|(identity, hash)| Some((identity, hash?)));
        let is_right = self.passwords.verify(password, known.as_ref().map(|(_, hash)| hash.clone())).await?;
        known.filter(|_| is_right).ok_or(DirectoryError::Unauthenticated)
    }

    fn gift(
        &self,
        application: ApplicationRow,
        entries: Vec<Entry>,
        chosen: Option<OrganizationId>,
        lifetimes: Lifetimes,
    ) -> Result<Gift, DirectoryError> {
        let (access, refresh) = (Secret::random()?, Secret::random()?);
        Ok(Gift { id: TokenId::new(self.surroundings.new_id()), application, entries, chosen, lifetimes, now: self.now(), access, refresh })
    }
}

/// Tokens that are given if all goes well.
struct Gift {
    id: TokenId,
    application: ApplicationRow,
    entries: Vec<Entry>,
    chosen: Option<OrganizationId>,
    lifetimes: Lifetimes,
    now: Instant,
    access: Secret,
    refresh: Secret,
}

impl Gift {
    /// Stores both tokens, if whoever signed in may enter one of the organizations at this moment.
    async fn give(self, tx: &mut SystemTransaction, sign_in: &SignInRow) -> Result<SignInTokens, GrantError> {
        let is_meant = |id: &OrganizationId| [sign_in.organization, self.chosen].into_iter().flatten().all(|only| only == *id);
        let organizations: Vec<_> = self.entries.iter().map(|entry| entry.organization).filter(is_meant).collect();
        let token = TokenRow {
            id: self.id,
            name: self.application.name,
            scopes: self.application.scopes,
            identity: Some(sign_in.identity),
            application: Some(self.application.id),
            person: None,
            created_at: self.now,
            expires_at: Some(self.now.plus_seconds(self.lifetimes.access_seconds)),
            revoked_at: None,
            last_used_at: None,
            quirks: Quirks::none(),
            sign_in: Some(sign_in.id),
            session_agent: None,
        };
        tx.delete_expired_tokens(self.application.id, self.now).await?;
        tx.insert_token(&token, &self.access.hash(), &organizations).await?;
        if tx.entries_of_token(&token).await?.entries.is_empty() {
            return Err(GrantError::InvalidGrant);
        }
        let end = self.now.plus_seconds(self.lifetimes.refresh_seconds);
        tx.insert_refresh(sign_in.id, &self.refresh.hash(), self.now, end).await?;
        let access = AccessToken { secret: self.access, scopes: token.scopes, expires_in_seconds: self.lifetimes.access_seconds };
        Ok(SignInTokens { access, refresh: self.refresh })
    }
}

impl Shown {
    fn tokens(self) -> Result<SignInTokens, GrantError> {
        match self {
            Self::Given(tokens) => Ok(tokens),
            Self::Abused => Err(GrantError::InvalidGrant),
        }
    }
}

impl std::fmt::Debug for ShownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShownCode").field("redirect", &self.redirect).finish_non_exhaustive()
    }
}

impl From<crate::store::StoreError> for GrantError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Directory(error.into())
    }
}

/// Takes back all that a sign-in gave.
async fn abused(tx: &mut SystemTransaction, sign_in: &SignInRow, now: Instant) -> Result<Shown, GrantError> {
    tx.revoke_sign_in(sign_in.id, now).await?;
    Ok(Shown::Abused)
}

/// The organization that was chosen. One that the application does not enter is not found, like one that is not there.
fn among(entries: &[Entry], chosen: Option<&Slug>) -> Result<Option<OrganizationId>, DirectoryError> {
    let Some(slug) = chosen else { return Ok(None) };
    let entry = entries.iter().find(|entry| entry.slug == *slug).ok_or(DirectoryError::NotFound)?;
    Ok(Some(entry.organization))
}

/// Whether a code is shown with what it was asked for. A verifier that nothing was asked for speaks of a challenge that
/// somebody took out of the request (RFC 9700, section 4.8.2).
fn is_for(sign_in: &SignInRow, shown: &ShownCode) -> bool {
    let is_verified = match (&sign_in.challenge, &shown.verifier) {
        (Some(challenge), Some(verifier)) => hash_of(verifier).ct_eq(challenge).into(),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    is_verified && sign_in.redirect.as_str() == shown.redirect
}

fn code_hash(code: &str) -> Option<SecretHash> {
    let has_form = code.len() == CODE_DIGITS && code.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    has_form.then(|| hash_of(code))
}

fn hash_of(text: &str) -> SecretHash {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests;
