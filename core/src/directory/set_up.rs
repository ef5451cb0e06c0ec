//! The first run: the first organization, and its first owner, who can sign in.

use super::{Directory, DirectoryError, NewPerson};
use crate::domain::{Change, Email, IdentityId, LongLabel, Name, PersonChange, Role, Slug};

/// Whoever sets a new directory up.
#[derive(Clone)]
pub struct FirstOwner {
    pub email: Email,
    pub password: String,
    pub name: Name,
    /// The organization to own. It is made unless it is there.
    pub organization: Slug,
    /// What it is called where it is made.
    pub organization_name: LongLabel,
}

/// Without the password.
impl std::fmt::Debug for FirstOwner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FirstOwner").field("organization", &self.organization).finish_non_exhaustive()
    }
}

impl Directory {
    /// Whether there is nobody yet who could sign in anywhere with a password.
    pub async fn is_to_be_set_up(&self) -> Result<bool, DirectoryError> {
        self.read_system(|tx| Box::pin(async move { Ok(!tx.anybody_can_sign_in().await?) })).await
    }

    /// Makes the first owner, who signs in with this address and password, and the organization where it is not there.
    /// Where anybody can sign in already, nothing is done: `NotFound`.
    pub async fn set_up(&self, first: FirstOwner) -> Result<(), DirectoryError> {
        if !self.is_to_be_set_up().await? {
            return Err(DirectoryError::NotFound);
        }
        // The identity comes first: a password that is not taken leaves nothing behind.
        let identity = self.first_identity(&first.email, &first.password).await?;
        let made = self.create_organization(&first.organization, &first.organization_name).await;
        if let Err(error) = made
            && !matches!(error, DirectoryError::Conflict { .. })
        {
            return Err(error);
        }
        let operator = self.operator(&first.organization).await?;
        let roles = self.roles(&operator).await?;
        let owner = roles.iter().find(|role| role.code.as_str() == Role::OWNER).ok_or(DirectoryError::NotFound)?.number;
        let change = PersonChange {
            identity: Change::Set(identity),
            display_name: Change::Set(first.name),
            email: Change::Set(first.email),
            role: Change::Set(owner),
            ..PersonChange::default()
        };
        let made = self.create_person(&operator, NewPerson::default(), move |_| Ok::<_, DirectoryError>(change), |_| Vec::new());
        made.await.map(drop)
    }

    /// The identity of an address, made where there is none, with this password.
    async fn first_identity(&self, email: &Email, password: &str) -> Result<IdentityId, DirectoryError> {
        match self.create_identity(email, Some(password)).await {
            Ok(identity) => Ok(identity.id),
            Err(DirectoryError::Conflict { .. }) => {
                let address = email.clone();
                let found = self.read_system(move |tx| Box::pin(async move { Ok(tx.identity_with_email(&address).await?) })).await?;
                let identity = found.ok_or(DirectoryError::NotFound)?;
                self.set_password(identity, password).await?;
                Ok(identity)
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
