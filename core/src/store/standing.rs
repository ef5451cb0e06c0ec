//! What the database stood at, at one moment: what is remembered is held against it before it is used.
//!
//! A credential hangs on [`CredentialsMoment`], which triggers move, and on the [`OrganizationMoment`] of each organization that
//! it enters as somebody. An answer hangs on that of its organization. Neither can be true of two different states: a sequence
//! alone may come again after a restore, or a failover to a database that lacks some changes, and so has something beside it.

use super::catalogue::instant;
use super::error::StoreError;
use super::sql::{Row, values};
use super::transaction::SystemTransaction;
use crate::domain::{Instant, OrganizationId};

/// A state of everything that known credentials depend on and that belongs to no organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CredentialsMoment {
    pub(in crate::store) sequence: i64,
    /// Another random one with each move.
    pub(in crate::store) word: i64,
}

/// A state of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrganizationMoment {
    pub sequence: i64,
    /// When the sequence last moved.
    pub changed_at: Instant,
}

/// The states of what was asked for, as they were after it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    credentials: CredentialsMoment,
    organizations: Vec<(OrganizationId, OrganizationMoment)>,
}

impl Standing {
    /// Each organization at most once; few enough to go through.
    pub(crate) const fn new(credentials: CredentialsMoment, organizations: Vec<(OrganizationId, OrganizationMoment)>) -> Self {
        Self { credentials, organizations }
    }

    pub const fn credentials(&self) -> CredentialsMoment {
        self.credentials
    }

    /// `None`: there is no such organization, or it was not asked for.
    pub fn organization(&self, id: OrganizationId) -> Option<OrganizationMoment> {
        self.organizations.iter().find(|(organization, _)| *organization == id).map(|(_, moment)| *moment)
    }
}

/// What was read of one moment, on a connection that goes on looking at it.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembered {
    credentials: Option<CredentialsMoment>,
    organizations: Vec<(OrganizationId, OrganizationMoment)>,
}

impl Remembered {
    pub(super) fn organization(&self, id: OrganizationId) -> Option<OrganizationMoment> {
        self.organizations.iter().find(|(organization, _)| *organization == id).map(|(_, moment)| *moment)
    }

    /// Of few organizations at once: what is kept is gone through.
    pub(super) fn keep_organization(&mut self, id: OrganizationId, moment: OrganizationMoment) {
        self.organizations.truncate(ORGANIZATIONS_MAX - 1);
        self.organizations.insert(0, (id, moment));
    }
}

/// Organizations whose state one connection remembers.
const ORGANIZATIONS_MAX: usize = 64;

const OF_CREDENTIALS: &str = "select sequence, word from credential_changes";
const OF_ORGANIZATION: &str = "select sequence, changed_at from sequences where organization_id = $1";

impl SystemTransaction {
    pub(crate) async fn credentials_moment(&mut self) -> Result<CredentialsMoment, StoreError> {
        if let Some(remembered) = self.connection().remembered(|remembered| remembered.credentials) {
            return Ok(remembered);
        }
        let moment = self.first(OF_CREDENTIALS, values![], |row| credentials_moment(row, 0)).await?;
        let moment = moment.ok_or(StoreError::Unreadable { what: "sequence of credentials" })?;
        self.connection().remember(|remembered| remembered.credentials = Some(moment));
        Ok(moment)
    }

    /// What credentials and these organizations stand at; all of one moment where the transaction is.
    pub(crate) async fn standing(&mut self, organizations: &[OrganizationId]) -> Result<Standing, StoreError> {
        let mut moments = Vec::with_capacity(organizations.len());
        for organization in organizations {
            let remembered = self.connection().remembered(|remembered| remembered.organization(*organization));
            let moment = match remembered {
                Some(moment) => Some(moment),
                // In a box: nearly always it is remembered, and then there is nothing large to carry about.
                None => Box::pin(self.organization_moment(*organization)).await?,
            };
            moments.extend(moment.map(|moment| (*organization, moment)));
        }
        let credentials = match self.connection().remembered(|remembered| remembered.credentials) {
            Some(moment) => moment,
            None => Box::pin(self.credentials_moment()).await?,
        };
        Ok(Standing::new(credentials, moments))
    }
}

impl SystemTransaction {
    async fn organization_moment(&mut self, id: OrganizationId) -> Result<Option<OrganizationMoment>, StoreError> {
        let moment = self.first(OF_ORGANIZATION, values![id.get()], |row| organization_moment(row, 0)).await?;
        if let Some(moment) = moment {
            self.connection().remember(|remembered| remembered.keep_organization(id, moment));
        }
        Ok(moment)
    }
}

/// In two columns, of which this is the first.
pub(super) fn credentials_moment(row: &Row<'_>, column: usize) -> Result<CredentialsMoment, StoreError> {
    Ok(CredentialsMoment { sequence: row.integer(column)?, word: row.integer(column + 1)? })
}

/// The same of an organization.
pub(super) fn organization_moment(row: &Row<'_>, column: usize) -> Result<OrganizationMoment, StoreError> {
    Ok(OrganizationMoment { sequence: row.integer(column)?, changed_at: instant(row, column + 1)? })
}
