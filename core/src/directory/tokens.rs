//! Tokens and applications as they are made, listed and revoked. For the command line.

use super::{Directory, DirectoryError, Secret};
use crate::domain::{ApplicationId, IdentityId, Instant, OrganizationId, PersonNumber, Quirks, RedirectUri, Scopes, Slug, TokenId};
use crate::store::{self, ApplicationRow, Effort, TokenRow};
use std::collections::HashSet;

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub owner: TokenOwner,
    pub scopes: Scopes,
    pub name: String,
    /// Seconds from now; `None`: it never expires.
    pub expires_in_seconds: Option<i64>,
    /// What its clients are given otherwise; only the form of the names is known here.
    pub quirks: Quirks,
}

/// Where a token may enter, and as whom.
#[derive(Clone, Debug)]
pub enum TokenOwner {
    /// These organizations, as nobody in particular.
    Organizations(Vec<Slug>),
    /// One organization, as one of its people.
    Person(Slug, PersonNumber),
    /// Wherever the identity is linked, as the person that it is there.
    Identity(IdentityId),
}

/// A token without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSummary {
    pub id: TokenId,
    pub name: String,
    pub scopes: Scopes,
    pub identity: Option<IdentityId>,
    pub person: Option<PersonNumber>,
    pub organizations: Vec<Slug>,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
    pub last_used_at: Option<Instant>,
    pub quirks: Quirks,
}

/// An application to be registered.
#[derive(Clone, Debug)]
pub struct NewApplication {
    pub organizations: Vec<Slug>,
    pub scopes: Scopes,
    pub name: String,
    /// Where it may have people sent back to who have signed in; without one it acts by itself alone.
    pub redirects: Vec<RedirectUri>,
}

/// An application and its secret, which is shown this once.
#[derive(Clone, Debug)]
pub struct RegisteredApplication {
    /// 32 lower-case hex digits.
    pub client_id: String,
    pub client_secret: Secret,
}

impl Directory {
    /// Makes a token. Its secret is shown this once.
    pub async fn create_token(&self, new: NewToken) -> Result<Secret, DirectoryError> {
        let secret = Secret::random()?;
        let now = self.now();
        let (slugs, person, identity) = match new.owner {
            TokenOwner::Organizations(slugs) => (slugs, None, None),
            TokenOwner::Person(slug, person) => (vec![slug], Some(person), None),
            TokenOwner::Identity(identity) => (Vec::new(), None, Some(identity)),
        };
        let organizations = self.organization_ids(&slugs).await?;
        self.check_owner(&organizations, person, identity).await?;
        let token = TokenRow {
            id: TokenId::new(self.surroundings.new_id()),
            name: new.name,
            scopes: new.scopes,
            identity,
            application: None,
            person,
            created_at: now,
            expires_at: new.expires_in_seconds.map(|seconds| now.plus_seconds(seconds)),
            revoked_at: None,
            last_used_at: None,
            quirks: new.quirks,
            sign_in: None,
            session_agent: None,
        };
        let hash = secret.hash();
        self.write_system(move |tx| Box::pin(async move { Ok(tx.insert_token(&token, &hash, &organizations).await?) })).await?;
        Ok(secret)
    }

    /// Tokens, oldest first: all of them, or those that enter one organization. Access tokens of applications are not among them.
    pub async fn tokens(&self, organization: Option<&Slug>) -> Result<Vec<TokenSummary>, DirectoryError> {
        let organization = match organization {
            Some(slug) => Some(self.organization_by_slug(slug).await?.id),
            None => None,
        };
        self.read_system(move |tx| {
            Box::pin(async move {
                let mut tokens = Vec::new();
                for token in tx.tokens(organization).await? {
                    let organizations = tx.organizations_of_token(&token).await?;
                    tokens.push(TokenSummary::new(token, organizations));
                }
                Ok(tokens)
            })
        })
        .await
    }

    /// Gives a token exactly these quirks, from its next request on. Access tokens of applications have none.
    pub async fn set_token_quirks(&self, id: TokenId, quirks: Quirks) -> Result<(), DirectoryError> {
        let is_there = self.write_system(move |tx| Box::pin(async move { Ok(tx.set_token_quirks(id, &quirks).await?) })).await?;
        if is_there { Ok(()) } else { Err(DirectoryError::NotFound) }
    }

    /// Revokes a token, at once.
    pub async fn revoke_token(&self, id: TokenId) -> Result<(), DirectoryError> {
        let now = self.now();
        let was_alive = self.write_system(move |tx| Box::pin(async move { Ok(tx.revoke_token(id, now).await?) })).await?;
        if was_alive { Ok(()) } else { Err(DirectoryError::NotFound) }
    }

    /// Registers an application: for OAuth 2.0 client credentials, and where it has a redirection endpoint, for people
    /// who sign in.
    pub async fn create_application(&self, new: NewApplication) -> Result<RegisteredApplication, DirectoryError> {
        let client_secret = Secret::random()?;
        let id = ApplicationId::new(self.surroundings.new_id());
        let organizations = self.organization_ids(&new.organizations).await?;
        let row = ApplicationRow { id, secret_hash: client_secret.hash().to_vec(), name: new.name, scopes: new.scopes };
        let (redirects, now) = (HashSet::<RedirectUri>::from_iter(new.redirects), self.now());
        self.write_system(move |tx| {
            Box::pin(async move {
                tx.insert_application(&row, &organizations, now).await?;
                for redirect in redirects {
                    tx.insert_redirect(id, &redirect).await?;
                }
                Ok(())
            })
        })
        .await?;
        Ok(RegisteredApplication { client_id: id.uuid().simple().to_string(), client_secret })
    }

    async fn organization_ids(&self, slugs: &[Slug]) -> Result<Vec<OrganizationId>, DirectoryError> {
        let mut ids = Vec::new();
        for slug in slugs {
            let id = self.organization_by_slug(slug).await?.id;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Refuses a person or an identity that is not there.
    async fn check_owner(
        &self,
        organizations: &[OrganizationId],
        person: Option<PersonNumber>,
        identity: Option<IdentityId>,
    ) -> Result<(), DirectoryError> {
        if let (Some(person), [organization]) = (person, organizations) {
            let key = store::PersonKey::Number(person);
            let found = self.read(*organization, Effort::Short, move |tx| Box::pin(async move { Ok(tx.person(&key).await?) })).await?;
            found.ok_or(DirectoryError::NotFound)?;
        }
        if let Some(identity) = identity {
            let found = self.read_system(move |tx| Box::pin(async move { Ok(tx.identity(identity).await?) })).await?;
            found.ok_or(DirectoryError::NotFound)?;
        }
        Ok(())
    }
}

impl TokenSummary {
    fn new(token: TokenRow, organizations: Vec<Slug>) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scopes: token.scopes,
            identity: token.identity,
            person: token.person,
            organizations,
            created_at: token.created_at,
            expires_at: token.expires_at,
            revoked_at: token.revoked_at,
            last_used_at: token.last_used_at,
            quirks: token.quirks,
        }
    }
}
