//! Statements about where a credential may enter: as whom, and with which scopes.
//!
//! A token that belongs to somebody enters an organization only while that person is in it, has an account that works
//! and is not archived; and never does there what the person's role does not allow. All of that moves the sequence of the
//! organization, which comes with the answer: what is remembered of it is held against that with every request, so a role
//! that is narrowed and an account that is blocked tell at once.

use super::credentials::TokenRow;
use super::error::StoreError;
use super::record;
use super::sql::{Row, Value, values};
use super::standing::{OrganizationMoment, organization_moment};
use super::transaction::SystemTransaction;
use crate::domain::{Account, ApplicationId, IdentityId, OrganizationId, PersonNumber, Scopes, Slug};
use uuid::Uuid;

/// An organization that a credential may enter, as whom, and what it may do there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntryRow {
    pub(crate) organization: OrganizationId,
    pub(crate) slug: Slug,
    pub(crate) person: Option<PersonNumber>,
    pub(crate) scopes: Scopes,
}

/// Where a credential may enter, and what that hangs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entered {
    /// By slug.
    pub(crate) entries: Vec<EntryRow>,
    /// Every organization that it enters as somebody or would if they could sign in there, with the state that was read.
    pub(crate) watched: Vec<(OrganizationId, OrganizationMoment)>,
}

/// People as the rows of a table `owners (organization_id, person_number)` name them, with the scopes of their roles. Who has no
/// role has the organization's default one. Of who cannot sign in there is the organization alone.
macro_rules! select_people {
    ($owners:literal) => {
        concat!(
            "select organizations.id, organizations.slug, people.number, roles.scopes, people.record, sequences.sequence,
                sequences.changed_at
            from ",
            $owners,
            " join organizations on organizations.id = owners.organization_id
            join sequences on sequences.organization_id = owners.organization_id
            left join people on people.organization_id = owners.organization_id and people.number = owners.person_number
                and people.account = $2
            left join roles on roles.organization_id = people.organization_id
                and (roles.number = people.role_number or people.role_number is null and roles.is_default)
            order by organizations.slug"
        )
    };
}

const OF_IDENTITY: &str = select_people!("(select organization_id, person_number from identity_links where identity_id = $1) as owners");
/// Of an identity by way of an application: where the application may enter too.
const OF_IDENTITY_BY_TOKEN: &str = select_people!(
    "(select identity_links.organization_id, identity_links.person_number
    from tokens join identity_links on identity_links.identity_id = tokens.identity_id
    join token_organizations on token_organizations.token_id = tokens.id
        and token_organizations.organization_id = identity_links.organization_id
    where tokens.id = $1) as owners"
);
/// Of an identity by way of an application that it has not let act for it yet.
const OF_IDENTITY_AND_APPLICATION: &str = select_people!(
    "(select identity_links.organization_id, identity_links.person_number
    from identity_links join application_organizations
        on application_organizations.organization_id = identity_links.organization_id
    where identity_links.identity_id = $1 and application_organizations.application_id = $3) as owners"
);
const OF_PERSON: &str = select_people!(
    "(select token_organizations.organization_id, tokens.person_number
    from tokens join token_organizations on token_organizations.token_id = tokens.id
    where tokens.id = $1) as owners"
);
const OF_NOBODY: &str = "select organizations.id, organizations.slug
    from token_organizations join organizations on organizations.id = token_organizations.organization_id
    where token_organizations.token_id = $1 order by organizations.slug";
const OF_APPLICATION: &str = "select organizations.id, organizations.slug
    from application_organizations join organizations on organizations.id = application_organizations.organization_id
    where application_organizations.application_id = $1 order by organizations.slug";

impl SystemTransaction {
    /// The organizations that a token may enter at this moment, by slug.
    pub(crate) async fn entries_of_token(&mut self, token: &TokenRow) -> Result<Entered, StoreError> {
        let owner = |id: Uuid| -> Vec<Value> { values![id, Account::Active.code()] };
        match (token.identity, token.application, token.person) {
            (Some(identity), None, _) => self.entries_of_people(OF_IDENTITY, owner(identity.uuid()), token.scopes).await,
            (Some(_), Some(_), _) => self.entries_of_people(OF_IDENTITY_BY_TOKEN, owner(token.id.uuid()), token.scopes).await,
            (None, _, Some(_)) => self.entries_of_people(OF_PERSON, owner(token.id.uuid()), token.scopes).await,
            (None, _, None) => {
                let entries = self.entries_of_nobody(OF_NOBODY, token.id.uuid(), token.scopes).await?;
                Ok(Entered { entries, watched: Vec::new() })
            }
        }
    }

    /// The organizations that an application may enter by itself, by slug.
    pub(crate) async fn entries_of_application(&mut self, id: ApplicationId, scopes: Scopes) -> Result<Vec<EntryRow>, StoreError> {
        self.entries_of_nobody(OF_APPLICATION, id.uuid(), scopes).await
    }

    /// The organizations that both an identity and an application may enter, by slug: all, or the one that is named.
    pub(crate) async fn shared_entries(
        &mut self,
        identity: IdentityId,
        application: ApplicationId,
        only: Option<OrganizationId>,
    ) -> Result<Vec<EntryRow>, StoreError> {
        let row = values![identity.uuid(), Account::Active.code(), application.uuid()];
        let mut entries = self.entries_of_people(OF_IDENTITY_AND_APPLICATION, row, Scopes::all()).await?.entries;
        entries.retain(|entry| only.is_none_or(|only| entry.organization == only));
        Ok(entries)
    }

    /// The organizations that a token names, whether or not its owner can sign in there at this moment.
    pub(crate) async fn organizations_of_token(&mut self, token: &TokenRow) -> Result<Vec<Slug>, StoreError> {
        let (sql, id) = match (token.identity, token.application) {
            (Some(identity), None) => (
                "select organizations.id, organizations.slug
                from identity_links join organizations on organizations.id = identity_links.organization_id
                where identity_links.identity_id = $1 order by organizations.slug",
                identity.uuid(),
            ),
            _ => (OF_NOBODY, token.id.uuid()),
        };
        self.all(sql, values![id], |row| Ok(Slug::stored(row.text(1)?))).await
    }

    async fn entries_of_people(&mut self, sql: &'static str, row: Vec<Value>, most: Scopes) -> Result<Entered, StoreError> {
        let found = self.all(sql, row, |row| {
            let watched = (OrganizationId::new(row.integer(0)?), organization_moment(row, 5)?);
            let can_sign_in = match row.optional_bytes(4)? {
                Some(record) => !record::is_archived(record)?,
                None => false,
            };
            Ok((watched, if can_sign_in { Some(read_entry(row, most)?) } else { None }))
        });
        let (watched, entries): (Vec<_>, Vec<_>) = found.await?.into_iter().unzip();
        Ok(Entered { entries: entries.into_iter().flatten().collect(), watched })
    }

    async fn entries_of_nobody(&mut self, sql: &'static str, id: Uuid, scopes: Scopes) -> Result<Vec<EntryRow>, StoreError> {
        let read = |row: &Row<'_>| {
            let (organization, slug) = (OrganizationId::new(row.integer(0)?), Slug::stored(row.text(1)?));
            Ok(EntryRow { organization, slug, person: None, scopes })
        };
        self.all(sql, values![id], read).await
    }
}

/// Whose role is not there may do nothing.
fn read_entry(row: &Row<'_>, most: Scopes) -> Result<EntryRow, StoreError> {
    let of_role = row.optional_integer(3)?.map(Scopes::from_bits).unwrap_or_default();
    Ok(EntryRow {
        organization: OrganizationId::new(row.integer(0)?),
        slug: Slug::stored(row.text(1)?),
        person: Some(super::catalogue::number(row, 2)?),
        scopes: most.intersection(of_role),
    })
}
