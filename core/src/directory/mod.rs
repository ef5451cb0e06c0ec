//! The directory: the one door to data. Every rule lives here.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`credentials`](Credential) | who is calling: tokens, applications, and the organizations that they enter |
//! | [`actor`](Actor) | who is making this call, in which organization, with which scopes |
//! | [`sign_in`](Directory::sign_in) | people who sign in with a password, by way of an application |
//! | [`sessions`](Directory::begin_session), [`set_up`](Directory::set_up) | people who sign in at the web console, and the first of them |
//! | [`signing`](Directory::seal) | what clients are given to hand back, sealed with the key of the database |
//! | [`access`](Action) | the one table of what needs which scope |
//! | [`people`](Directory::people), [`groups`](Directory::groups), [`catalogue`](Directory::roles) | the reads |
//! | [`search`](Directory::search_people) | people looked for as somebody types |
//! | [`gathering`](Directory::gather) | a little of everybody, read once |
//! | [`listing`](Directory::list_people), [`packed_listing`](Directory::list_packed) | reads of many, with what stands around each and true totals |
//! | [`person_writes`](Directory::update_person), [`group_writes`](Directory::update_group), [`bin`](Directory::delete_person) | the writes, made of what a room's lens says |
//! | `member_writes`, `nesting` | who and what is put into groups and taken out, row by row; groups inside groups |
//! | `rules` | what every write must keep to |
//! | `recording`, `fields`, [`history`](Directory::history) | every change as one row, with the fields before and after |
//! | [`vocabulary`](Directory::vocabulary) | what an organization describes its people with, remembered |
//! | [`version`](Version), [`repeat`](Repeat) | conditional requests, and creates that are sent again |
//! | [`roles`](Directory::create_role) | what people may do, by their roles |
//! | [`organizations`](Directory::organizations), [`identities`](Directory::licences) | tenants, and the logins that enter several |
//! | [`attributes`](Directory::create_attribute) | custom attributes: their definitions, and what becomes of values when these change |
//! | [`import`](Directory::import) | people and groups loaded from files |
//! | [`check`](Directory::check) | whether the database is sound |
//! | [`backups`](back_up) | the whole database written to a file, and put back |
//! | [`copying`](Directory::copy) | everything moved to another database |
//!
//! A method reads as policy: may they, is it right, do it, remember it. Nothing here knows HTTP or SQL.

mod access;
mod actor;
mod attributes;
mod backups;
mod bin;
mod catalogue;
mod check;
mod copying;
mod credentials;
mod error;
mod fields;
mod gathering;
mod group_writes;
mod groups;
mod history;
mod identities;
mod import;
mod listing;
mod member_writes;
mod nesting;
mod organizations;
mod packed_listing;
mod passwords;
mod people;
mod person_writes;
mod recording;
mod repeat;
mod roles;
mod rules;
mod search;
mod secret;
mod sessions;
mod set_up;
mod sign_in;
mod signing;
mod surroundings;
mod tokens;
mod version;
mod vocabulary;

pub use crate::store::{
    BackupError, CopiedTable, CopyError, CopyProgress, CopyReport, CredentialsMoment, DatabaseOptions, DatabaseUrl, Existing, Holdings,
    InvalidDatabaseUrl, InvalidPostgresUrl, OrganizationMoment, PackedName, PackedNames, PackedPeople, PackedPerson, PackedRecord,
    PagePlaces, PersonField, PlacesOf, Restored, Standing, UnreadableRecord, Vitals, noting_changes,
};
pub use access::{Action, Object};
pub use actor::{Actor, Caller};
pub use attributes::StoredValues;
pub use backups::{back_up, restore};
pub use check::CheckReport;
pub use credentials::{AccessRequest, AccessToken, Authenticated, Credential, Entry, Holder};
pub use error::DirectoryError;
#[cfg(test)]
pub(crate) use fields::{group_fields, person_fields};
pub use gathering::Gathered;
pub use group_writes::{GroupBefore, GroupChange, PersonReference};
pub use groups::{FoundGroup, GroupKey, GroupPage, GroupView};
pub use history::RecordedChange;
pub use identities::IdentitySummary;
pub use import::{
    Cell, Counts, Import, ImportFile, ImportMode, ImportPlan, ImportReport, InvalidPercent, Line, MatchColumn, MissingPeople, ParsedLines,
    Percent, RefusedLine, Withheld,
};
pub use listing::{GroupsList, ListedGroup, ListedPerson, PeopleList};
pub use member_writes::{MemberChange, MemberList, MemberReference, MemberStep, UnknownMember};
pub use packed_listing::{PackedList, PackedListed};
pub use passwords::InvalidPassword;
pub use people::{Beside, FoundPerson, PackedFound, PackedPage, PersonKey, PersonPage};
pub use person_writes::{EmailRule, NewPerson, PersonBefore, PersonUpdate};
pub use repeat::{Answer, Repeat};
pub use roles::NewRole;
pub use rules::{Catalogue, References};
pub use search::FoundPeople;
pub use secret::{Secret, random_word};
pub use sessions::SessionSummary;
pub use set_up::FirstOwner;
pub use sign_in::{Challenge, GrantError, Lifetimes, ShownCode, SignInClient, SignInTokens};
pub use signing::SealError;
pub use surroundings::Surroundings;
pub use tokens::{NewApplication, NewToken, RegisteredApplication, TokenOwner, TokenSummary};
pub use version::{NoVersion, Precondition, Shown, Version, Versions};
pub use vocabulary::Vocabulary;

use crate::domain::{Instant, OrganizationId, TokenId};
use crate::query::{Including, PersonQuery};
use crate::store::{self, Effort, OpenMode, ReadTransaction, Search, Store, SystemTransaction, Work, WriteTransaction};
use credentials::KnownCredentials;
use passwords::Passwords;
use signing::SigningKey;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock};
use vocabulary::Vocabularies;

/// An open directory.
pub struct Directory {
    pub(crate) store: Arc<Store>,
    /// Its memory indexes of text.
    pub(crate) search: Search,
    surroundings: Surroundings,
    /// When each token was last used, until it is written down.
    used: Mutex<HashMap<TokenId, Instant>>,
    known: KnownCredentials,
    passwords: Passwords,
    vocabularies: Vocabularies,
    /// Once it was asked for.
    signing_key: OnceLock<SigningKey>,
}

impl std::fmt::Debug for Directory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Directory").finish_non_exhaustive()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.search.close();
    }
}

impl Directory {
    /// Opens the directory at a database URL (`sqlite:PATH`, `postgres://…`), making the database and its schema where they are missing.
    pub async fn open(url: &str, surroundings: Surroundings) -> Result<Self, OpenError> {
        Self::open_with(&DatabaseOptions::new(DatabaseUrl::parse(url)?), surroundings).await
    }

    /// The same, with every option of the database said.
    pub async fn open_with(options: &DatabaseOptions, surroundings: Surroundings) -> Result<Self, OpenError> {
        let store = Arc::new(Store::open(OpenMode::CreateIfMissing, options).await.map_err(DirectoryError::from)?);
        Ok(Self {
            search: Search::of(&store),
            store,
            surroundings,
            used: Mutex::default(),
            known: KnownCredentials::new(),
            passwords: Passwords::new(),
            vocabularies: Vocabularies::new(),
            signing_key: OnceLock::new(),
        })
    }

    /// Whether there was no database yet, so that [`Self::open`] made it.
    pub fn is_new(&self) -> bool {
        self.store.is_new()
    }

    /// How the database and what is kept of it in memory fare, for the operator.
    pub fn vitals(&self) -> Vitals {
        let (indexes_ready, indexes_building, index_bytes) = self.search.kept();
        Vitals { indexes_ready, indexes_building, index_bytes, ..self.store.vitals() }
    }

    /// The clock that this directory lives by.
    pub const fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    fn now(&self) -> Instant {
        self.surroundings.now()
    }

    /// The version of the actor's whole organization: it moves with every change in it.
    pub async fn version(&self, actor: &Actor) -> Result<Version, DirectoryError> {
        let organization = actor.organization();
        let sequence = self.read(organization, Effort::Short, |tx| Box::pin(async move { Ok(tx.sequence().await?.0) })).await?;
        Ok(Version::new(organization, sequence))
    }

    /// What credentials and an organization stand at, after this was asked: what is remembered of either is true only at the
    /// state that it was made at.
    pub async fn standing(&self, organization: OrganizationId) -> Result<Standing, DirectoryError> {
        Ok(self.store.standing(&[organization]).await?)
    }

    /// Reads of one organization, all from one moment.
    async fn read<T, F>(&self, organization: OrganizationId, effort: Effort, work: F) -> Result<T, DirectoryError>
    where
        F: for<'a> FnOnce(&'a mut ReadTransaction) -> Work<'a, T, DirectoryError> + Clone + Send + 'static,
        T: Send + 'static,
    {
        let search = self.search.clone();
        self.store
            .read(organization, effort, move |tx| {
                tx.search_with(&search);
                work(tx)
            })
            .await
    }

    /// How much listing these people may cost.
    fn people_effort(&self, organization: OrganizationId, query: &PersonQuery, including: Including) -> Effort {
        let by_index = self.search.effort(organization, query, including.total);
        by_index.unwrap_or_else(|| self.store.people_effort(organization, query, including))
    }

    /// A change of one organization, all or nothing; durable when it answers.
    async fn write<T, F>(&self, organization: OrganizationId, work: F) -> Result<T, DirectoryError>
    where
        F: for<'a> FnOnce(&'a mut WriteTransaction) -> Work<'a, T, DirectoryError> + Send + 'static,
        T: Send + 'static,
    {
        self.store.write(organization, work).await
    }

    /// Reads of what belongs to no organization.
    async fn read_system<T, F>(&self, work: F) -> Result<T, DirectoryError>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, T, DirectoryError> + Send + 'static,
        T: Send + 'static,
    {
        self.store.read_system(work).await
    }

    /// A change of what belongs to no organization.
    async fn write_system<T, F>(&self, work: F) -> Result<T, DirectoryError>
    where
        F: for<'a> FnOnce(&'a mut SystemTransaction) -> Work<'a, T, DirectoryError> + Send + 'static,
        T: Send + 'static,
    {
        self.store.write_system(work).await
    }
}

/// Work that begins after the request that it is for: what it reads first is new enough for all that it reads without waiting in
/// between, and saves asking again whether anything has changed.
pub async fn at_one_moment<T>(work: Pin<&mut impl Future<Output = T>>) -> T {
    store::at_one_moment(work).await
}

/// Why a directory did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database URL {0}")]
    Url(#[from] InvalidDatabaseUrl),
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}
