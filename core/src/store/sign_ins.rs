//! Statements about signing in by way of an application: its codes, and the tokens that come of them. Secrets are stored
//! as hashes alone.

use super::catalogue::instant;
use super::credentials::SecretHash;
use super::error::StoreError;
use super::sql::{Row, Value, values};
use super::transaction::SystemTransaction;
use crate::domain::{ApplicationId, Email, IdentityId, Instant, OrganizationId, RedirectUri, SignInId, unique_key};

/// A sign-in as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignInRow {
    pub(crate) id: SignInId,
    pub(crate) application: ApplicationId,
    pub(crate) identity: IdentityId,
    pub(crate) organization: Option<OrganizationId>,
    pub(crate) redirect: RedirectUri,
    pub(crate) challenge: Option<SecretHash>,
    pub(crate) code_expires_at: Instant,
    pub(crate) code_used_at: Option<Instant>,
    pub(crate) created_at: Instant,
    pub(crate) revoked_at: Option<Instant>,
}

/// A refresh token as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefreshRow {
    pub(crate) expires_at: Instant,
    pub(crate) used_at: Option<Instant>,
}

const SIGN_IN_BY_CODE: &str = "select id, application_id, identity_id, organization_id, redirect_uri, code_challenge, code_expires_at,
        code_used_at, created_at, revoked_at
    from sign_ins where code_hash = $1 and application_id = $2";
const SIGN_IN_BY_REFRESH: &str = "select id, application_id, identity_id, organization_id, redirect_uri, code_challenge, code_expires_at,
        code_used_at, sign_ins.created_at, revoked_at, refresh_tokens.expires_at, refresh_tokens.used_at
    from refresh_tokens join sign_ins on sign_ins.id = refresh_tokens.sign_in_id
    where refresh_tokens.secret_hash = $1 and sign_ins.application_id = $2";

impl SystemTransaction {
    /// The identity that has this address, with the hash of its password if it has one.
    pub(crate) async fn password_of(&mut self, email: &Email) -> Result<Option<(IdentityId, Option<String>)>, StoreError> {
        let sql = "select identities.id, identities.password_hash
            from identifiers join identities on identities.id = identifiers.identity_id
            where identifiers.kind = 'Email' and identifiers.value_key = $1";
        let read = |row: &Row<'_>| Ok((IdentityId::new(row.uuid(0)?), row.optional_text(1)?.map(str::to_owned)));
        self.first(sql, values![unique_key(email.as_str())], read).await
    }

    /// The hash of the password that an identity has at this moment.
    pub(crate) async fn password_hash_of(&mut self, identity: IdentityId) -> Result<Option<String>, StoreError> {
        let sql = "select password_hash from identities where id = $1";
        let hash = self.first(sql, values![identity.uuid()], |row| Ok(row.optional_text(0)?.map(str::to_owned))).await?;
        Ok(hash.flatten())
    }

    /// `false`: there is no such identity.
    pub(crate) async fn set_password(&mut self, identity: IdentityId, hash: &str) -> Result<bool, StoreError> {
        Ok(self.execute("update identities set password_hash = $2 where id = $1", values![identity.uuid(), hash]).await? > 0)
    }

    pub(crate) async fn insert_redirect(&mut self, application: ApplicationId, uri: &RedirectUri) -> Result<(), StoreError> {
        let sql = "insert into application_redirects (application_id, uri) values ($1, $2)";
        self.execute(sql, values![application.uuid(), uri.as_str()]).await.map(drop)
    }

    /// Whether an application may have people sent back there.
    pub(crate) async fn has_redirect(&mut self, application: ApplicationId, uri: &RedirectUri) -> Result<bool, StoreError> {
        let sql = "select 1 from application_redirects where application_id = $1 and uri = $2";
        Ok(self.first(sql, values![application.uuid(), uri.as_str()], |_| Ok(())).await?.is_some())
    }

    pub(crate) async fn insert_sign_in(&mut self, sign_in: &SignInRow, code: &SecretHash) -> Result<(), StoreError> {
        let row = values![
            sign_in.id.uuid(),
            sign_in.application.uuid(),
            sign_in.identity.uuid(),
            sign_in.organization.map(OrganizationId::get),
            sign_in.redirect.as_str(),
            code.to_vec(),
            sign_in.challenge.map(|challenge| challenge.to_vec()),
            sign_in.code_expires_at.milliseconds(),
            sign_in.created_at.milliseconds(),
        ];
        let sql = "insert into sign_ins (id, application_id, identity_id, organization_id, redirect_uri, code_hash, code_challenge,
                code_expires_at, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        self.execute(sql, row).await.map(drop)
    }

    /// The sign-in that gave an application this code.
    pub(crate) async fn sign_in_by_code(&mut self, code: &SecretHash, to: ApplicationId) -> Result<Option<SignInRow>, StoreError> {
        self.first(SIGN_IN_BY_CODE, values![code.to_vec(), to.uuid()], read_sign_in).await
    }

    /// Uses up a code. `false`: it was used already.
    pub(crate) async fn use_code(&mut self, sign_in: SignInId, now: Instant) -> Result<bool, StoreError> {
        let sql = "update sign_ins set code_used_at = $2 where id = $1 and code_used_at is null";
        Ok(self.execute(sql, values![sign_in.uuid(), now.milliseconds()]).await? > 0)
    }

    pub(crate) async fn insert_refresh(
        &mut self,
        sign_in: SignInId,
        secret: &SecretHash,
        now: Instant,
        end: Instant,
    ) -> Result<(), StoreError> {
        let sql = "insert into refresh_tokens (secret_hash, sign_in_id, created_at, expires_at) values ($1, $2, $3, $4)";
        self.execute(sql, values![secret.to_vec(), sign_in.uuid(), now.milliseconds(), end.milliseconds()]).await.map(drop)
    }

    /// The sign-in that gave an application this refresh token, and the token.
    pub(crate) async fn sign_in_by_refresh(
        &mut self,
        secret: &SecretHash,
        to: ApplicationId,
    ) -> Result<Option<(SignInRow, RefreshRow)>, StoreError> {
        let read = |row: &Row<'_>| Ok((read_sign_in(row)?, RefreshRow { expires_at: instant(row, 10)?, used_at: moment(row, 11)? }));
        self.first(SIGN_IN_BY_REFRESH, values![secret.to_vec(), to.uuid()], read).await
    }

    /// Uses up a refresh token. `false`: it was used already.
    pub(crate) async fn use_refresh(&mut self, secret: &SecretHash, now: Instant) -> Result<bool, StoreError> {
        let sql = "update refresh_tokens set used_at = $2 where secret_hash = $1 and used_at is null";
        Ok(self.execute(sql, values![secret.to_vec(), now.milliseconds()]).await? > 0)
    }

    /// Revokes a sign-in with every token that it gave.
    pub(crate) async fn revoke_sign_in(&mut self, sign_in: SignInId, now: Instant) -> Result<(), StoreError> {
        let row = || -> Vec<Value> { values![sign_in.uuid(), now.milliseconds()] };
        self.execute("update sign_ins set revoked_at = $2 where id = $1 and revoked_at is null", row()).await?;
        self.execute("update tokens set revoked_at = $2 where sign_in_id = $1 and revoked_at is null", row()).await.map(drop)
    }

    /// Revokes every sign-in of an identity, and the sessions of its browsers.
    pub(crate) async fn revoke_sign_ins_of(&mut self, identity: IdentityId, now: Instant) -> Result<(), StoreError> {
        let row = || -> Vec<Value> { values![identity.uuid(), now.milliseconds()] };
        self.execute("update sign_ins set revoked_at = $2 where identity_id = $1 and revoked_at is null", row()).await?;
        let sql = "update tokens set revoked_at = $2 where identity_id = $1 and (sign_in_id is not null or session_agent is not null) and revoked_at is null";
        self.execute(sql, row()).await.map(drop)
    }

    /// Forgets an application's refresh tokens that ended, and the sign-ins of which nothing is left.
    pub(crate) async fn delete_ended_sign_ins(&mut self, application: ApplicationId, before: Instant) -> Result<(), StoreError> {
        let row = || -> Vec<Value> { values![application.uuid(), before.milliseconds()] };
        let refreshes = "delete from refresh_tokens
            where expires_at < $2 and sign_in_id in (select id from sign_ins where application_id = $1)";
        self.execute(refreshes, row()).await?;
        let sign_ins = "delete from sign_ins
            where application_id = $1 and code_expires_at < $2
                and not exists (select 1 from refresh_tokens where refresh_tokens.sign_in_id = sign_ins.id)
                and not exists (select 1 from tokens where tokens.sign_in_id = sign_ins.id)";
        self.execute(sign_ins, row()).await.map(drop)
    }

    /// How many sign-ins and refresh tokens are kept.
    #[cfg(test)]
    pub(crate) async fn counts_of_sign_ins(&mut self) -> Result<(i64, i64), StoreError> {
        let sql = "select (select count(*) from sign_ins), (select count(*) from refresh_tokens)";
        let counts = self.first(sql, values![], |row| Ok((row.integer(0)?, row.integer(1)?))).await?;
        Ok(counts.unwrap_or_default())
    }
}

fn read_sign_in(row: &Row<'_>) -> Result<SignInRow, StoreError> {
    // A challenge that cannot be read must not pass for none: the code would be anybody's.
    let challenge = row.optional_bytes(5)?.map(|bytes| bytes.try_into().map_err(|_| StoreError::Unreadable { what: "challenge" }));
    Ok(SignInRow {
        id: SignInId::new(row.uuid(0)?),
        application: ApplicationId::new(row.uuid(1)?),
        identity: IdentityId::new(row.uuid(2)?),
        organization: row.optional_integer(3)?.map(OrganizationId::new),
        redirect: RedirectUri::stored(row.text(4)?),
        challenge: challenge.transpose()?,
        code_expires_at: instant(row, 6)?,
        code_used_at: moment(row, 7)?,
        created_at: instant(row, 8)?,
        revoked_at: moment(row, 9)?,
    })
}

/// A moment that may be absent. One that cannot be read must not pass for none.
fn moment(row: &Row<'_>, column: usize) -> Result<Option<Instant>, StoreError> {
    row.optional_integer(column)?.map(|_| instant(row, column)).transpose()
}
