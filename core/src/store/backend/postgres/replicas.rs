//! Replicas: databases that follow the primary, and take long reads off it.
//!
//! A replica is always a little behind. A read therefore asks the primary first which sequence its organization has reached,
//! and uses what the replica answers only if it is at the same. So whoever has written reads what they wrote, through
//! whichever process they ask. A replica that is behind, away or disturbed costs a moment: the primary answers in its place.

use super::address::PostgresAddress;
use super::connection::{PostgresConnection, Scope, Transaction};
use super::connector::Connector;
use super::failing::{failed, no_connection};
use super::read_in;
use super::shared::{Moment, moment_in, opening};
use crate::domain::OrganizationId;
use crate::store::error::StoreError;
use crate::store::ranks::RanksWithin;
use crate::store::transaction::{ReadTransaction, Work};
use deadpool_postgres::Pool;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long a replica that could not be reached is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(5);

/// Every replica, asked in turn.
pub(super) struct Replicas {
    all: Vec<Replica>,
    turn: AtomicUsize,
}

pub(super) struct Replica {
    pool: Pool,
    /// Until when it is not asked.
    away: Mutex<Option<Instant>>,
}

impl Replicas {
    /// Connects to none of them yet.
    pub(super) fn new(addresses: &[&PostgresAddress], connections: usize, set_up: &str) -> Result<Self, StoreError> {
        let replica = |address: &&PostgresAddress| {
            let pool = Connector::to_a_replica(address)?.pool(connections, set_up)?;
            Ok(Replica { pool, away: Mutex::default() })
        };
        Ok(Self { all: addresses.iter().map(replica).collect::<Result<_, StoreError>>()?, turn: AtomicUsize::new(0) })
    }

    pub(super) fn close(&self) {
        for replica in &self.all {
            replica.pool.close();
        }
    }

    /// The next one that may be asked.
    pub(super) fn next(&self) -> Option<&Replica> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let count = self.all.len();
        (0..count).map(|step| &self.all[(turn + step) % count]).find(|replica| replica.may_be_asked())
    }
}

impl Replica {
    fn may_be_asked(&self) -> bool {
        let away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        away.is_none_or(|until| until <= Instant::now())
    }

    /// Reads at the replica if its organization is as the primary's was. `None`: the primary is to be asked.
    pub(super) async fn read<T, E, F>(
        &self,
        (organization, ranks): (OrganizationId, RanksWithin),
        needed: Moment,
        work: F,
    ) -> Option<Result<T, E>>
    where
        F: for<'a> FnOnce(&'a mut ReadTransaction) -> Work<'a, T, E>,
    {
        let transaction = match self.begin(organization, needed).await {
            Ok(Some(transaction)) => transaction,
            Ok(None) => {
                tracing::debug!(organization = organization.get(), needed = needed.sequence, "a replica is at another change");
                return None;
            }
            Err(error) => {
                tracing::warn!(%error, "a replica could not be read; the primary is asked for {LEFT_ALONE:?}");
                *self.away.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + LEFT_ALONE);
                return None;
            }
        };
        let (connection, result) = read_in(PostgresConnection::Transaction(transaction), organization, ranks, work).await;
        let PostgresConnection::Transaction(transaction) = connection else { return None };
        // A statement may have been in the way of what the replica has to take over.
        let is_good = !transaction.has_failed();
        transaction.roll_back();
        is_good.then_some(result)
    }

    /// A transaction of that moment.
    async fn begin(&self, organization: OrganizationId, needed: Moment) -> Result<Option<Transaction>, StoreError> {
        let client = self.pool.get().await.map_err(no_connection)?;
        let mut transaction = Transaction::new(client, String::new());
        let begun = transaction.conversation(&opening(Scope::Organization(organization))).await;
        let begun = begun.map_err(|error| failed("could not begin to read a replica", error))?;
        // An organization that is not there yet is behind too. One that is ahead may be so by what the primary never had.
        let is_there = moment_in(&begun).is_ok_and(|moment| moment == needed);
        if !is_there {
            transaction.roll_back();
            return Ok(None);
        }
        Ok(Some(transaction))
    }
}
