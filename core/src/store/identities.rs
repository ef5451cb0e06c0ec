//! Statements about identities, their identifiers and their links to people.

use super::catalogue::{instant, number};
use super::error::StoreError;
use super::sql::{Bound, Row, values};
use super::transaction::{SystemTransaction, WriteTransaction};
use crate::domain::{
    Email, Identifier, IdentifierKind, Identity, IdentityId, Instant, Licence, OrganizationId, PersonNumber, Slug, unique_key,
};
use uuid::Uuid;

const LINK: Bound = Bound::new(
    "insert into identity_links (organization_id, identity_id, person_number) values ($1, $2, $3)
    on conflict (organization_id, identity_id) do update set person_number = excluded.person_number",
);
const UNLINK: Bound = Bound::new("delete from identity_links where organization_id = $1 and identity_id = $2");
const IDENTITY_BY_EMAIL: &str = "select identity_id from identifiers where kind = 'Email' and value_key = $1";
const INSERT_IDENTIFIER: &str =
    "insert into identifiers (id, identity_id, kind, value, value_key, is_confirmed) values ($1, $2, $3, $4, $5, $6)";

/// What is erased of an identity that enters no organization any more.
const ERASE: [&str; 4] = [
    "delete from identifiers
    where identity_id = $1 and not exists (select 1 from identity_links where identity_links.identity_id = $1)",
    "update identities set password_hash = null
    where id = $1 and not exists (select 1 from identity_links where identity_links.identity_id = $1)",
    "update sign_ins set revoked_at = coalesce(revoked_at, created_at)
    where identity_id = $1 and not exists (select 1 from identity_links where identity_links.identity_id = $1)",
    "update tokens set name = '', revoked_at = coalesce(revoked_at, created_at)
    where identity_id = $1 and not exists (select 1 from identity_links where identity_links.identity_id = $1)",
];

impl WriteTransaction {
    /// Erases what an identity is known by, its password, sign-ins and tokens, unless it still enters an organization.
    pub(crate) async fn erase_unlinked_identity(&mut self, identity: IdentityId) -> Result<(), StoreError> {
        for sql in ERASE {
            self.execute_on_identities(sql, values![identity.uuid()]).await?;
        }
        Ok(())
    }

    /// Lets an identity enter this organization as a person.
    pub(crate) async fn link_identity(&mut self, identity: IdentityId, person: PersonNumber) -> Result<(), StoreError> {
        self.execute(&LINK, values![identity.uuid(), person.get()]).await.map(drop)
    }

    /// Lets an identity no longer enter this organization.
    pub(crate) async fn unlink_identity(&mut self, identity: IdentityId) -> Result<(), StoreError> {
        self.execute(&UNLINK, values![identity.uuid()]).await.map(drop)
    }

    pub(crate) async fn identity_exists(&mut self, identity: IdentityId) -> Result<bool, StoreError> {
        Ok(self.find_identity("select id from identities where id = $1", values![identity.uuid()]).await?.is_some())
    }

    pub(crate) async fn identity_by_email(&mut self, email: &Email) -> Result<Option<IdentityId>, StoreError> {
        self.find_identity(IDENTITY_BY_EMAIL, values![unique_key(email.as_str())]).await
    }

    /// Makes an identity while people are loaded; its address is not confirmed by anybody.
    pub(crate) async fn insert_loaded_identity(
        &mut self,
        identity: IdentityId,
        identifier: Uuid,
        email: Option<&Email>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let sql = "insert into identities (id, created_at) values ($1, $2)";
        self.execute_on_identities(sql, values![identity.uuid(), now.milliseconds()]).await?;
        if let Some(email) = email {
            let row = values![identifier, identity.uuid(), "Email", email.as_str(), unique_key(email.as_str()), false];
            self.execute_on_identities(INSERT_IDENTIFIER, row).await?;
        }
        Ok(())
    }
}

impl SystemTransaction {
    pub(crate) async fn insert_identity(&mut self, identity: &Identity, password_hash: Option<&str>) -> Result<(), StoreError> {
        self.execute(
            "insert into identities (id, password_hash, created_at) values ($1, $2, $3)",
            values![identity.id.uuid(), password_hash, identity.created_at.milliseconds()],
        )
        .await?;
        for identifier in &identity.identifiers {
            let row = values![
                identifier.id,
                identity.id.uuid(),
                kind_text(identifier.kind),
                identifier.value.as_str(),
                unique_key(&identifier.value),
                identifier.is_confirmed,
            ];
            self.execute(INSERT_IDENTIFIER, row).await?;
        }
        Ok(())
    }

    pub(crate) async fn identity(&mut self, id: IdentityId) -> Result<Option<Identity>, StoreError> {
        let created_at = self.first("select created_at from identities where id = $1", values![id.uuid()], |row| instant(row, 0)).await?;
        let Some(created_at) = created_at else { return Ok(None) };
        let read = |row: &Row<'_>| {
            Ok(Identifier {
                id: row.uuid(0)?,
                kind: if row.text(1)? == "Phone" { IdentifierKind::Phone } else { IdentifierKind::Email },
                value: row.text(2)?.to_owned(),
                is_confirmed: row.boolean(3)?,
            })
        };
        let identifiers = self
            .all("select id, kind, value, is_confirmed from identifiers where identity_id = $1 order by id", values![id.uuid()], read)
            .await?;
        Ok(Some(Identity { id, identifiers, created_at }))
    }

    /// Every identity, oldest first, and whether it has a password.
    pub(crate) async fn identities(&mut self) -> Result<Vec<(IdentityId, bool, Instant)>, StoreError> {
        let sql = "select id, password_hash is not null, created_at from identities order by created_at, id";
        self.all(sql, values![], |row| Ok((IdentityId::new(row.uuid(0)?), row.boolean(1)?, instant(row, 2)?))).await
    }

    /// Every identifier, with the identity that is known by it.
    pub(crate) async fn identifiers(&mut self) -> Result<Vec<(IdentityId, String)>, StoreError> {
        let sql = "select identity_id, value from identifiers order by id";
        self.all(sql, values![], |row| Ok((IdentityId::new(row.uuid(0)?), row.text(1)?.to_owned()))).await
    }

    /// Where every identity enters, and as whom, by organization.
    pub(crate) async fn identity_places(&mut self) -> Result<Vec<(IdentityId, Slug, PersonNumber)>, StoreError> {
        let sql = "select identity_links.identity_id, organizations.slug, identity_links.person_number
            from identity_links join organizations on organizations.id = identity_links.organization_id
            order by organizations.slug";
        self.all(sql, values![], |row| Ok((IdentityId::new(row.uuid(0)?), Slug::stored(row.text(1)?), number(row, 2)?))).await
    }

    /// Whether anybody who has a password is linked to a person anywhere.
    pub(crate) async fn anybody_can_sign_in(&mut self) -> Result<bool, StoreError> {
        let sql = "select 1 from identity_links join identities on identities.id = identity_links.identity_id
            where identities.password_hash is not null limit 1";
        Ok(self.first(sql, values![], |_| Ok(())).await?.is_some())
    }

    pub(crate) async fn identity_with_email(&mut self, email: &Email) -> Result<Option<IdentityId>, StoreError> {
        self.first(IDENTITY_BY_EMAIL, values![unique_key(email.as_str())], |row| row.uuid(0).map(IdentityId::new)).await
    }

    /// Where an identity may enter, and as whom, by organization.
    pub(crate) async fn licences(&mut self, identity: IdentityId) -> Result<Vec<Licence>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(Licence {
                identity,
                organization: OrganizationId::new(row.integer(0)?),
                organization_name: row.text(1)?.to_owned(),
                organization_email: row.optional_text(2)?.map(str::to_owned),
                person: number(row, 3)?,
            })
        };
        let sql = "select organizations.id, organizations.name, organizations.email, identity_links.person_number
            from identity_links join organizations on organizations.id = identity_links.organization_id
            where identity_links.identity_id = $1 order by organizations.id";
        self.all(sql, values![identity.uuid()], read).await
    }
}

const fn kind_text(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Email => "Email",
        IdentifierKind::Phone => "Phone",
    }
}
