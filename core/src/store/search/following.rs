//! Bringing an index to the moment of a transaction: the history names whom to look at again.

use super::current::{Current, Moment, Seen, Standing};
use super::{Kept, Search};
use crate::domain::Person;
use crate::store::catalogue::instant;
use crate::store::error::StoreError;
use crate::store::record;
use crate::store::sql::{Bound, Row, values};
use crate::store::transaction::ReadTransaction;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

/// Changes that a read takes over itself. More are left to the builder.
const FOLLOWED_MAX: i64 = 100;
/// How often a read tries again that was overtaken by others.
const TRIES: usize = 3;

/// People that are added while others wait to read.
const ADDED_AT_ONCE: usize = 50;

const CHANGED: Bound = Bound::new(
    "select sequence, changed_at, subject, subject_number from changes
    where organization_id = $1 and sequence >= $2 and sequence <= $3 order by sequence",
);
const ONE: Bound = Bound::new("select record from people where organization_id = $1 and number = $2");
const SOME: Bound = Bound::new("select record from people where organization_id = $1 and number > $2 order by number limit $3");

/// What became of following.
#[derive(Debug)]
pub(super) enum Followed {
    /// The index finds everybody, with these, who are to be asked in any case.
    Usable(Vec<u32>),
    /// Not at this moment.
    NotNow,
    /// It is too far behind, or the reader is.
    TooFar,
    /// It is of another history.
    Strange,
}

/// An index that finds everybody of a transaction's moment, with those who are to be asked in any case.
pub(super) struct Usable {
    pub(super) kept: Arc<Kept>,
    pub(super) others: Vec<u32>,
}

impl ReadTransaction {
    /// The organization's index, if it can be had for this moment. Else it is seen to that there will be one.
    pub(super) async fn index(&mut self) -> Result<Option<Usable>, StoreError> {
        let (search, organization) = (self.search().clone(), self.organization());
        let Some(kept) = search.ask(organization) else { return Ok(None) };
        match self.follow(&kept.current, FOLLOWED_MAX).await? {
            Followed::Usable(others) => {
                renew_if_worn(&search, self, &kept);
                Ok(Some(Usable { kept, others }))
            }
            Followed::NotNow => Ok(None),
            Followed::TooFar => {
                search.renew(organization, &kept);
                Ok(None)
            }
            Followed::Strange => {
                search.discard(organization);
                Ok(None)
            }
        }
    }

    /// Brings an index to this moment, over so many changes at most.
    pub(super) async fn follow(&mut self, current: &RwLock<Current>, most: i64) -> Result<Followed, StoreError> {
        for _ in 0..TRIES {
            let now = self.sequence().await?;
            let standing = current.read().unwrap_or_else(PoisonError::into_inner).standing(now);
            let from = match standing {
                Standing::Usable(others) => return Ok(Followed::Usable(others)),
                Standing::TooOld => return Ok(Followed::TooFar),
                Standing::Strange => return Ok(Followed::Strange),
                Standing::Behind(from) => from,
            };
            if now.0 - from.0 > most {
                return Ok(Followed::TooFar);
            }
            let Some(seen) = self.seen_since(from, now).await? else { return Ok(Followed::Strange) };
            let people = self.people_seen(&seen).await?;
            // Units of a shared connection may each have been of a moment of their own.
            if self.sequence().await? != now {
                return Ok(Followed::NotNow);
            }
            let known = people.len() - people.len() % ADDED_AT_ONCE;
            for some in people[..known].chunks(ADDED_AT_ONCE) {
                // To know somebody's letters too early does no harm: whoever is found is asked. Names change with the moment.
                let mut current = write(current);
                some.iter().for_each(|person| current.index.add(person));
            }
            if write(current).advance(from, now, &seen, &people, known) {
                return Ok(Followed::Usable(Vec::new()));
            }
        }
        Ok(Followed::NotNow)
    }

    /// The changes between two moments. `None`: the history of this database does not have the first.
    async fn seen_since(&mut self, from: Moment, now: Moment) -> Result<Option<Vec<Seen>>, StoreError> {
        let mut seen = self.all(&CHANGED, values![from.0, now.0], read_seen).await?;
        // Before the first change there is nothing to compare, and nobody.
        if from.0 > 0 && (seen.is_empty() || seen.remove(0).moment != from) {
            return Ok(None);
        }
        let has_no_gap = seen.iter().map(|seen| seen.moment.0).eq(from.0 + 1..=now.0);
        Ok(has_no_gap.then_some(seen))
    }

    /// Those who were changed and are still there, as they are now.
    async fn people_seen(&mut self, seen: &[Seen]) -> Result<Vec<Person>, StoreError> {
        let numbers: BTreeSet<u32> = seen.iter().filter_map(|seen| seen.person).collect();
        let sets = numbers.into_iter().map(|number| values![i64::from(number)]).collect();
        let mut people = Vec::new();
        let read = |_, row: &Row<'_>| {
            people.push(record::decode(row.bytes(0)?)?);
            Ok(())
        };
        self.for_each_of(&ONE, sets, read).await?;
        Ok(people)
    }

    /// So many people whose numbers are above this one, by number.
    pub(super) async fn people_above(&mut self, number: i64, limit: usize) -> Result<Vec<Person>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.all(&SOME, values![number, limit], |row| record::decode(row.bytes(0)?)).await
    }
}

fn write(current: &RwLock<Current>) -> RwLockWriteGuard<'_, Current> {
    current.write().unwrap_or_else(PoisonError::into_inner)
}

fn renew_if_worn(search: &Search, tx: &ReadTransaction, kept: &Kept) {
    if kept.read().is_worn() {
        search.renew(tx.organization(), kept);
    }
}

fn read_seen(row: &Row<'_>) -> Result<Seen, StoreError> {
    let person = if row.text(2)? == "person" { u32::try_from(row.integer(3)?).ok() } else { None };
    Ok(Seen { moment: (row.integer(0)?, instant(row, 1)?), person })
}
