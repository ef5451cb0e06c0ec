//! Identities: logins that enter several organizations.

use super::recording::Recorder;
use super::{Actor, Credential, Directory, DirectoryError};
use crate::domain::{Email, Identifier, IdentifierKind, Identity, IdentityId, Licence, Person, PersonNumber};
use crate::store;
use argon2::Argon2;
use argon2::password_hash::PasswordHasher;

/// Characters of the shortest password that is taken.
const PASSWORD_CHARACTERS_MIN: usize = 8;
/// Bytes of the longest one: hashing is work that grows with it.
const PASSWORD_BYTES_MAX: usize = 1024;

/// A password that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must have at least {PASSWORD_CHARACTERS_MIN} characters and at most {PASSWORD_BYTES_MAX} bytes")]
pub struct InvalidPassword;

impl Directory {
    /// Makes an identity that is known by an e-mail address, with a password where one is given.
    pub async fn create_identity(&self, email: &Email, password: Option<&str>) -> Result<Identity, DirectoryError> {
        let hash = password.map(hash_password).transpose()?;
        let identity = Identity {
            id: IdentityId::new(self.surroundings.new_id()),
            identifiers: vec![Identifier {
                id: self.surroundings.new_id(),
                kind: IdentifierKind::Email,
                value: email.to_string(),
                // Whoever runs the command line vouches for the address.
                is_confirmed: true,
            }],
            created_at: self.now(),
        };
        let (email, stored) = (email.clone(), identity.clone());
        self.write_system(move |tx| {
            Box::pin(async move {
                if tx.identity_with_email(&email).await?.is_some() {
                    return Err(DirectoryError::Conflict { field: "email", holder: None });
                }
                Ok(tx.insert_identity(&stored, hash.as_deref()).await?)
            })
        })
        .await?;
        Ok(identity)
    }

    /// Links an identity to a person of the actor's organization, in place of the person it was there before.
    pub async fn link_identity(&self, actor: &Actor, identity: IdentityId, person: PersonNumber) -> Result<(), DirectoryError> {
        actor.require(crate::domain::Scope::OrganizationAdmin)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                if !tx.identity_exists(identity).await? {
                    return Err(DirectoryError::NotFound);
                }
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let next = tx.person(&store::PersonKey::Number(person)).await?.ok_or(DirectoryError::NotFound)?;
                if next.identity == Some(identity) {
                    return Ok(());
                }
                if let Some(before) = tx.person(&store::PersonKey::Identity(identity)).await? {
                    recorder.update_person(tx, &before, &mut Person { identity: None, ..before.clone() }).await?;
                }
                recorder.update_person(tx, &next, &mut Person { identity: Some(identity), ..next.clone() }).await?;
                Ok(())
            })
        })
        .await
    }

    /// The identity that a credential belongs to.
    pub async fn identity(&self, credential: &Credential) -> Result<Identity, DirectoryError> {
        let id = credential.identity().ok_or(DirectoryError::NoIdentity)?;
        let found = self.read_system(move |tx| Box::pin(async move { Ok(tx.identity(id).await?) })).await?;
        found.ok_or(DirectoryError::NotFound)
    }

    /// Where the credential's identity may enter with it, and as whom, by organization.
    pub async fn licences(&self, credential: &Credential) -> Result<Vec<Licence>, DirectoryError> {
        let id = credential.identity().ok_or(DirectoryError::NoIdentity)?;
        let mut licences = self.read_system(move |tx| Box::pin(async move { Ok(tx.licences(id).await?) })).await?;
        licences.retain(|licence| credential.entries().iter().any(|entry| entry.organization == licence.organization));
        Ok(licences)
    }
}

/// Argon2id with the library's recommended costs, as a PHC string.
fn hash_password(password: &str) -> Result<String, DirectoryError> {
    if password.chars().count() < PASSWORD_CHARACTERS_MIN || password.len() > PASSWORD_BYTES_MAX {
        let reason = InvalidPassword.to_string();
        return Err(DirectoryError::Invalid { field: "password".to_owned(), reason });
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| DirectoryError::Store(error.to_string().into()))
}
