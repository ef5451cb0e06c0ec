//! Statements about tokens and applications. Secrets are stored as hashes alone.

use super::catalogue::{instant, number};
use super::error::StoreError;
use super::sql::{Bound, Row, Value, values};
use super::transaction::{SystemTransaction, WriteTransaction};
use crate::domain::{ApplicationId, IdentityId, Instant, OrganizationId, PersonNumber, Quirks, Scopes, SignInId, TokenId};

/// The SHA-256 of a secret.
pub(crate) type SecretHash = [u8; 32];

/// A token as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenRow {
    pub(crate) id: TokenId,
    pub(crate) name: String,
    pub(crate) scopes: Scopes,
    pub(crate) identity: Option<IdentityId>,
    pub(crate) application: Option<ApplicationId>,
    pub(crate) person: Option<PersonNumber>,
    pub(crate) created_at: Instant,
    pub(crate) expires_at: Option<Instant>,
    pub(crate) revoked_at: Option<Instant>,
    pub(crate) last_used_at: Option<Instant>,
    /// What its clients are given otherwise.
    pub(crate) quirks: Quirks,
    /// The sign-in that gave it, if one did.
    pub(crate) sign_in: Option<SignInId>,
    /// What the browser calls itself whose session this is, if it is one.
    pub(crate) session_agent: Option<String>,
}

/// An application as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApplicationRow {
    pub(crate) id: ApplicationId,
    pub(crate) secret_hash: Vec<u8>,
    pub(crate) name: String,
    pub(crate) scopes: Scopes,
}

macro_rules! select_tokens {
    ($rest:literal) => {
        concat!(
            "select id, name, scopes, identity_id, application_id, person_number, created_at, expires_at, revoked_at, last_used_at,
                sign_in_id, quirks, session_agent
            from tokens ",
            $rest
        )
    };
}

impl SystemTransaction {
    pub(crate) async fn insert_token(
        &mut self,
        token: &TokenRow,
        secret_hash: &SecretHash,
        organizations: &[OrganizationId],
    ) -> Result<(), StoreError> {
        let row = values![
            token.id.uuid(),
            secret_hash.to_vec(),
            token.name.as_str(),
            token.scopes.bits(),
            token.identity.map(IdentityId::uuid),
            token.application.map(ApplicationId::uuid),
            token.person.map(PersonNumber::get),
            token.created_at.milliseconds(),
            token.expires_at.map(Instant::milliseconds),
            token.sign_in.map(SignInId::uuid),
            stored(&token.quirks),
            token.session_agent.as_deref(),
        ];
        // A token that is not there yet is nobody's knowledge, so this does not move what the known ones hang on.
        for organization in organizations {
            self.execute(
                "insert into token_organizations (token_id, organization_id) values ($1, $2)",
                values![token.id.uuid(), organization.get()],
            )
            .await?;
        }
        self.execute(
            "insert into tokens (id, secret_hash, name, scopes, identity_id, application_id, person_number, created_at, expires_at,
                sign_in_id, quirks, session_agent)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            row,
        )
        .await
        .map(drop)
    }

    pub(crate) async fn token_by_hash(&mut self, secret_hash: &SecretHash) -> Result<Option<TokenRow>, StoreError> {
        self.first(select_tokens!("where secret_hash = $1"), values![secret_hash.to_vec()], read_token).await
    }

    /// Tokens that people made, or that enter one organization when it is named, oldest first. Neither those of applications
    /// nor the sessions of browsers.
    pub(crate) async fn tokens(&mut self, organization: Option<OrganizationId>) -> Result<Vec<TokenRow>, StoreError> {
        let sql = select_tokens!(
            "where application_id is null and session_agent is null and (cast($1 as bigint) is null
                or exists (select 1 from token_organizations where token_id = tokens.id and organization_id = $1)
                or exists (select 1 from identity_links where identity_id = tokens.identity_id and organization_id = $1))
            order by created_at, id"
        );
        self.all(sql, values![organization.map(OrganizationId::get)], read_token).await
    }

    /// The sessions of an identity's browsers that have not ended, newest first.
    pub(crate) async fn sessions_of(&mut self, identity: IdentityId, now: Instant) -> Result<Vec<TokenRow>, StoreError> {
        let sql = select_tokens!(
            "where identity_id = $1 and session_agent is not null and revoked_at is null and expires_at > $2
            order by created_at desc, id desc"
        );
        self.all(sql, values![identity.uuid(), now.milliseconds()], read_token).await
    }

    /// Forgets the sessions of an identity's browsers that have ended.
    pub(crate) async fn delete_ended_sessions(&mut self, identity: IdentityId, now: Instant) -> Result<(), StoreError> {
        let sql = "delete from tokens
            where identity_id = $1 and session_agent is not null and (revoked_at is not null or expires_at <= $2)";
        self.execute(sql, values![identity.uuid(), now.milliseconds()]).await.map(drop)
    }

    /// Revokes a token. `false` when there is none, or it was revoked before.
    pub(crate) async fn revoke_token(&mut self, id: TokenId, now: Instant) -> Result<bool, StoreError> {
        let sql = "update tokens set revoked_at = $2 where id = $1 and revoked_at is null";
        Ok(self.execute(sql, values![id.uuid(), now.milliseconds()]).await? > 0)
    }

    /// Sets what a token's clients are given otherwise. `false` when there is no such token.
    pub(crate) async fn set_token_quirks(&mut self, id: TokenId, quirks: &Quirks) -> Result<bool, StoreError> {
        let sql = "update tokens set quirks = $2 where id = $1 and application_id is null and session_agent is null";
        Ok(self.execute(sql, values![id.uuid(), stored(quirks)]).await? > 0)
    }

    /// Takes note of when tokens were last used; never moves back.
    pub(crate) async fn touch_tokens(&mut self, used: &[(TokenId, Instant)]) -> Result<(), StoreError> {
        for (id, at) in used {
            let sql = "update tokens set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $2)";
            self.execute(sql, values![id.uuid(), at.milliseconds()]).await?;
        }
        Ok(())
    }

    /// Forgets an application's tokens that expired before a moment.
    pub(crate) async fn delete_expired_tokens(&mut self, application: ApplicationId, before: Instant) -> Result<(), StoreError> {
        let row = || -> Vec<Value> { values![application.uuid(), before.milliseconds()] };
        self.execute(
            "delete from token_organizations where token_id in (select id from tokens where application_id = $1 and expires_at < $2)",
            row(),
        )
        .await?;
        self.execute("delete from tokens where application_id = $1 and expires_at < $2", row()).await.map(drop)
    }

    pub(crate) async fn insert_application(
        &mut self,
        application: &ApplicationRow,
        organizations: &[OrganizationId],
        now: Instant,
    ) -> Result<(), StoreError> {
        let row = values![
            application.id.uuid(),
            application.secret_hash.clone(),
            application.name.as_str(),
            application.scopes.bits(),
            now.milliseconds(),
        ];
        self.execute("insert into applications (id, secret_hash, name, scopes, created_at) values ($1, $2, $3, $4, $5)", row).await?;
        for organization in organizations {
            self.execute(
                "insert into application_organizations (application_id, organization_id) values ($1, $2)",
                values![application.id.uuid(), organization.get()],
            )
            .await?;
        }
        Ok(())
    }

    pub(crate) async fn application(&mut self, id: ApplicationId) -> Result<Option<ApplicationRow>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(ApplicationRow {
                id,
                secret_hash: row.bytes(0)?.to_vec(),
                name: row.text(1)?.to_owned(),
                scopes: Scopes::from_bits(row.integer(2)?),
            })
        };
        self.first("select secret_hash, name, scopes from applications where id = $1", values![id.uuid()], read).await
    }
}

const SILENCE_TOKENS: Bound = Bound::new(
    "update tokens set name = '', revoked_at = coalesce(revoked_at, $3)
    where person_number = $2 and id in (select token_id from token_organizations where organization_id = $1)",
);

impl WriteTransaction {
    /// Revokes the tokens of one person, and takes their names away.
    pub(crate) async fn silence_tokens_of_person(&mut self, person: PersonNumber, now: Instant) -> Result<(), StoreError> {
        self.execute_on_tokens(&SILENCE_TOKENS, values![person.get(), now.milliseconds()]).await.map(drop)
    }
}

fn quirks(stored: Option<&str>) -> Result<Quirks, StoreError> {
    Quirks::parse(stored.unwrap_or_default()).map_err(|_| StoreError::Unreadable { what: "quirks" })
}

/// Quirks as their column holds them.
fn stored(quirks: &Quirks) -> Option<String> {
    (!quirks.is_empty()).then(|| quirks.to_string())
}

fn read_token(row: &Row<'_>) -> Result<TokenRow, StoreError> {
    // A moment that cannot be read must not pass for none: the token would never end.
    let moment = |column: usize| row.optional_integer(column)?.map(|_| instant(row, column)).transpose();
    // Nor a person: the token would be nobody's, whom no role bounds.
    let person = row.optional_integer(5)?.map(|_| number(row, 5));
    Ok(TokenRow {
        id: TokenId::new(row.uuid(0)?),
        name: row.text(1)?.to_owned(),
        scopes: Scopes::from_bits(row.integer(2)?),
        identity: row.optional_uuid(3)?.map(IdentityId::new),
        application: row.optional_uuid(4)?.map(ApplicationId::new),
        person: person.transpose()?,
        created_at: instant(row, 6)?,
        expires_at: moment(7)?,
        revoked_at: moment(8)?,
        last_used_at: moment(9)?,
        sign_in: row.optional_uuid(10)?.map(SignInId::new),
        quirks: quirks(row.optional_text(11)?)?,
        session_agent: row.optional_text(12)?.map(str::to_owned),
    })
}
