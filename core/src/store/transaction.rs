//! Units of work. One bound to an organization runs [`Bound`] statements alone and gives each of them its `$1`.

use super::backend::Connection;
use super::error::StoreError;
use super::held::Held;
use super::ranks::RanksWithin;
use super::search::Search;
use super::sql::{Bound, Row, Value};
use crate::domain::{IdentityId, OrganizationId};
use std::ops::{ControlFlow, Deref, DerefMut};
use std::pin::Pin;

/// What is done in a transaction: a boxed future, because it may run on another thread, and again after a lost connection.
pub(crate) type Work<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// Reads of one organization, all from one moment.
pub(crate) struct ReadTransaction {
    connection: Connection,
    organization: OrganizationId,
    /// Where in lists people stand; nothing for who may have changed it.
    ranks: Option<RanksWithin>,
    /// None is kept for who may have changed what there is to find.
    search: Search,
    /// What is yet to be written; nothing for who only reads.
    held: Option<Held>,
}

impl ReadTransaction {
    pub(super) const fn new(connection: Connection, organization: OrganizationId, ranks: RanksWithin) -> Self {
        Self { connection, organization, ranks: Some(ranks), search: Search::none(), held: None }
    }

    pub(super) fn into_connection(self) -> Connection {
        self.connection
    }

    pub(super) const fn ranks(&self) -> Option<&RanksWithin> {
        self.ranks.as_ref()
    }

    /// Has text found through these indexes too.
    pub(crate) fn search_with(&mut self, search: &Search) {
        self.search.clone_from(search);
    }

    pub(super) const fn search(&self) -> &Search {
        &self.search
    }

    pub(super) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The organization that it is bound to.
    pub(crate) const fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// Writes what was held back, before a statement that could see it.
    async fn settle_before(&mut self, sql: &str) -> Result<(), StoreError> {
        match &mut self.held {
            Some(held) if held.is_seen_by(sql) => held.write(&mut self.connection, self.organization).await,
            _ => Ok(()),
        }
    }

    /// Calls `read` for each row until it says to stop. `values` are those of `$2` and on.
    pub(super) async fn for_each(
        &mut self,
        statement: &Bound,
        values: Vec<Value>,
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        self.settle_before(statement.text()).await?;
        let values = self.with_organization(values);
        self.connection.for_each(statement.text(), &values, read).await
    }

    /// The same for each of several sets of values, whose place `read` is told.
    pub(super) async fn for_each_of(
        &mut self,
        statement: &Bound,
        sets: Vec<Vec<Value>>,
        read: impl FnMut(usize, &Row<'_>) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        self.settle_before(statement.text()).await?;
        let sets: Vec<Vec<Value>> = sets.into_iter().map(|values| self.with_organization(values)).collect();
        self.connection.for_each_of(statement.text(), &sets, read).await
    }

    /// The same as [`Self::for_each`] where `read` may stop long before the last row.
    pub(super) async fn walk(
        &mut self,
        statement: &Bound,
        values: Vec<Value>,
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + Send,
    ) -> Result<(), StoreError> {
        self.settle_before(statement.text()).await?;
        let values = self.with_organization(values);
        self.connection.walk(statement.text(), &values, read).await
    }

    /// Every row, read into a value.
    pub(super) async fn all<T: Send>(
        &mut self,
        statement: &Bound,
        values: Vec<Value>,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError> {
        self.settle_before(statement.text()).await?;
        let values = self.with_organization(values);
        self.connection.all(statement.text(), &values, read).await
    }

    /// The first row, read into a value.
    pub(super) async fn first<T: Send>(
        &mut self,
        statement: &Bound,
        values: Vec<Value>,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Option<T>, StoreError> {
        self.settle_before(statement.text()).await?;
        let values = self.with_organization(values);
        self.connection.first(statement.text(), &values, read).await
    }

    /// How the database means to answer a statement.
    #[cfg(test)]
    pub(super) async fn plan(&mut self, statement: &Bound) -> Result<Vec<String>, StoreError> {
        self.connection.plan(statement.text()).await
    }

    fn with_organization(&self, values: Vec<Value>) -> Vec<Value> {
        let organization = Value::Integer(self.organization.get());
        std::iter::once(organization).chain(values).collect()
    }
}

/// Reads and writes of one organization, all or nothing.
pub(crate) struct WriteTransaction(ReadTransaction);

impl WriteTransaction {
    pub(super) fn new(connection: Connection, organization: OrganizationId) -> Self {
        Self(ReadTransaction { connection, organization, ranks: None, search: Search::none(), held: Some(Held::default()) })
    }

    pub(super) fn into_connection(self) -> Connection {
        self.0.into_connection()
    }

    /// Does the work, and then writes what it held back, if what came of it is to be kept.
    pub(super) async fn run<T, E, F>(&mut self, keep: fn(&T) -> bool, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut Self) -> Work<'a, T, E>,
        E: From<StoreError>,
    {
        let done = work(self).await?;
        if keep(&done) {
            let (held, connection, organization) = self.parts();
            connection.begin_last_statements();
            held.write(connection, organization).await?;
        }
        Ok(done)
    }

    pub(super) fn held(&mut self) -> &mut Held {
        self.0.held.get_or_insert_default()
    }

    /// What is held back, and what it is written with.
    pub(super) fn parts(&mut self) -> (&mut Held, &mut Connection, OrganizationId) {
        (self.0.held.get_or_insert_default(), &mut self.0.connection, self.0.organization)
    }

    /// How many rows it changed. `values` are those of `$2` and on.
    pub(super) async fn execute(&mut self, statement: &Bound, values: Vec<Value>) -> Result<u64, StoreError> {
        self.0.settle_before(statement.text()).await?;
        let values = self.0.with_organization(values);
        self.0.connection.execute(statement.text(), &values).await
    }

    /// Puts people into the index of text, where the database does not do so itself. `values` are those of their insertion.
    pub(super) async fn make_searchable(&mut self, values: Vec<Value>) -> Result<(), StoreError> {
        let row = self.0.with_organization(values);
        self.0.connection.make_searchable(&[row]).await
    }

    /// The same for a statement about the tokens of this organization's people.
    pub(super) async fn execute_on_tokens(&mut self, statement: &Bound, values: Vec<Value>) -> Result<u64, StoreError> {
        self.0.settle_before(statement.text()).await?;
        let values = self.0.with_organization(values);
        self.0.connection.enter_credentials();
        let rows = self.0.connection.execute(statement.text(), &values).await;
        self.0.connection.leave_credentials();
        rows
    }

    /// Leaves nothing in the index of people of who is no longer there. Takes as long as there are people.
    pub(crate) async fn forget_deleted_people(&mut self) -> Result<(), StoreError> {
        self.0.settle_before("").await?;
        self.0.connection.forget_deleted_people().await
    }

    /// A statement about identities, the one thing that a change of an organization touches outside it.
    pub(super) async fn execute_on_identities(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64, StoreError> {
        self.0.settle_before(sql).await?;
        self.0.connection.enter_credentials();
        let rows = self.0.connection.execute(sql, &values).await;
        self.0.connection.leave_credentials();
        rows
    }

    /// The identity that a statement about identities finds.
    pub(super) async fn find_identity(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Option<IdentityId>, StoreError> {
        self.0.settle_before(sql).await?;
        self.0.connection.enter_credentials();
        let identity = self.0.connection.first(sql, &values, |row| row.uuid(0).map(IdentityId::new)).await;
        self.0.connection.leave_credentials();
        identity
    }
}

impl Deref for WriteTransaction {
    type Target = ReadTransaction;

    fn deref(&self) -> &ReadTransaction {
        &self.0
    }
}

impl DerefMut for WriteTransaction {
    fn deref_mut(&mut self) -> &mut ReadTransaction {
        &mut self.0
    }
}

/// Work on what belongs to no organization: credentials, identities, the list of organizations.
pub(crate) struct SystemTransaction {
    connection: Connection,
}

impl SystemTransaction {
    pub(super) const fn new(connection: Connection) -> Self {
        Self { connection }
    }

    pub(super) fn into_connection(self) -> Connection {
        self.connection
    }

    pub(super) const fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) const fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    pub(super) async fn execute(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64, StoreError> {
        self.connection.execute(sql, &values).await
    }

    pub(super) async fn all<T: Send>(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError> {
        self.connection.all(sql, &values, read).await
    }

    pub(super) async fn first<T: Send>(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Option<T>, StoreError> {
        self.connection.first(sql, &values, read).await
    }
}
