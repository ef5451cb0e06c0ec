//! Identities: logins that enter several organizations.

use super::recording::Recorder;
use super::{Actor, Credential, Directory, DirectoryError};
use crate::domain::{Email, Identifier, IdentifierKind, Identity, IdentityId, Instant, Licence, Person, PersonNumber, Slug};
use crate::store;
use std::collections::HashMap;

/// An identity as the command line lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentitySummary {
    pub id: IdentityId,
    /// The addresses and numbers that it is known by.
    pub identifiers: Vec<String>,
    pub has_password: bool,
    /// Where it enters, and as whom, by slug.
    pub places: Vec<(Slug, PersonNumber)>,
    pub created_at: Instant,
}

impl Directory {
    /// Makes an identity that is known by an e-mail address, with a password where one is given.
    pub async fn create_identity(&self, email: &Email, password: Option<&str>) -> Result<Identity, DirectoryError> {
        let hash = match password {
            Some(password) => Some(self.passwords.hash(password).await?),
            None => None,
        };
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

    /// Lets an identity no longer enter the actor's organization. One that did not is not found.
    pub async fn unlink_identity(&self, actor: &Actor, identity: IdentityId) -> Result<(), DirectoryError> {
        actor.require(crate::domain::Scope::OrganizationAdmin)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let before = tx.person(&store::PersonKey::Identity(identity)).await?.ok_or(DirectoryError::NotFound)?;
                recorder.update_person(tx, &before, &mut Person { identity: None, ..before.clone() }).await?;
                Ok(())
            })
        })
        .await
    }

    /// Gives an identity a password, in place of the one that it had. Every sign-in that was made before ends.
    pub async fn set_password(&self, identity: IdentityId, password: &str) -> Result<(), DirectoryError> {
        let (hash, now) = (self.passwords.hash(password).await?, self.now());
        self.write_system(move |tx| {
            Box::pin(async move {
                if !tx.set_password(identity, &hash).await? {
                    return Err(DirectoryError::NotFound);
                }
                Ok(tx.revoke_sign_ins_of(identity, now).await?)
            })
        })
        .await
    }

    /// Every identity, oldest first. For the command line alone.
    pub async fn identities(&self) -> Result<Vec<IdentitySummary>, DirectoryError> {
        let work = self
            .read_system(|tx| Box::pin(async move { Ok((tx.identities().await?, tx.identifiers().await?, tx.identity_places().await?)) }));
        let (identities, identifiers, places) = work.await?;
        let (mut known, mut entered) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for (id, value) in identifiers {
            known.entry(id).or_default().push(value);
        }
        for (id, slug, person) in places {
            entered.entry(id).or_default().push((slug, person));
        }
        let summary = |(id, has_password, created_at)| {
            let (identifiers, places) = (known.remove(&id).unwrap_or_default(), entered.remove(&id).unwrap_or_default());
            IdentitySummary { id, identifiers, has_password, places, created_at }
        };
        Ok(identities.into_iter().map(summary).collect())
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
