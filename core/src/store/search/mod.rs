//! The memory index of text: who may have which three letters, kept for each organization that is searched.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`texts`] | what of a person can be looked for, and how text is cut |
//! | [`postings`], [`index`] | for every three letters, who may have them |
//! | [`names`], [`named`] | what everybody is called, and filters that it decides |
//! | [`current`] | an index and the moment that it is at |
//! | [`following`] | bringing it to the moment of a transaction, by the history |
//! | [`building`] | making one behind the reads that do without |
//! | [`needles`], [`ways`], [`finding`] | a filter answered through it |
//! | [`words`], [`looking`] | the console's search: words in any order, accents and one typo forgiven |
//!
//! What it finds by letters is a superset. Names alone are known as they are at the index's own moment. Whoever is shown is asked
//! again in the snapshot of the transaction, so nobody deleted or renamed ever is. Where there is no index, or it cannot be brought to the transaction's moment at once, the database's
//! own index of trigrams answers, as it does for everything that `compile` says.

mod building;
mod current;
mod finding;
mod following;
mod index;
mod looking;
mod named;
mod names;
mod needles;
mod postings;
mod texts;
mod totals;
mod ways;
mod words;

pub(crate) use finding::Held;
pub(crate) use looking::LookedFor;

use super::backend::{Effort, Store};
use super::error::StoreError;
use crate::domain::OrganizationId;
use crate::query::{Filter, PersonQuery};
use building::Builder;
use current::{Current, Moment};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, Weak};
use totals::Totals;

/// How long an index is kept that nobody asks, in the builder's ticks.
const UNUSED_TICKS_MAX: u32 = 30;
/// Bytes that all indexes together may take; the one that was not asked for longest makes room.
const BYTES_MAX: u64 = 512 * 1024 * 1024;

/// The indexes of an open directory. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Search(Option<Arc<Shared>>);

struct Shared {
    organizations: Mutex<HashMap<OrganizationId, Place>>,
    /// Told whenever a state has changed.
    changed: Condvar,
    builder: Builder,
    bytes_max: u64,
}

/// What is known of one organization's index.
struct Place {
    state: State,
    unused_ticks: u32,
}

#[derive(Clone)]
enum State {
    /// It is being built; nothing can be asked yet.
    Building,
    Ready(Arc<Kept>),
    /// Texts are so long, or the room so small, that none is kept.
    TooLarge,
}

/// An index that can be asked.
struct Kept {
    current: RwLock<Current>,
    totals: Mutex<Totals>,
    bytes: u64,
    /// Whether the builder has been asked to bring it up, or to build another.
    is_to_be_renewed: AtomicBool,
}

impl Kept {
    fn new(current: Current) -> Self {
        let bytes = current.index.bytes();
        Self { current: RwLock::new(current), totals: Mutex::default(), bytes, is_to_be_renewed: AtomicBool::new(false) }
    }

    fn read(&self) -> RwLockReadGuard<'_, Current> {
        self.current.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many pass a filter, if they were counted at this moment.
    fn total(&self, moment: Moment, filter: &Filter) -> Option<u64> {
        self.totals.lock().unwrap_or_else(PoisonError::into_inner).get(moment, filter)
    }

    fn remember_total(&self, moment: Moment, filter: &Filter, total: u64) {
        self.totals.lock().unwrap_or_else(PoisonError::into_inner).remember(moment, filter, total);
    }
}

impl Search {
    /// Finds nothing in memory, and builds nothing.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Indexes of what the store holds, which are built in the runtime that this is called in.
    pub(crate) fn of(store: &Arc<Store>) -> Self {
        Self::with_room(store, BYTES_MAX)
    }

    fn with_room(store: &Arc<Store>, bytes_max: u64) -> Self {
        let shared = |weak: &Weak<Shared>| Shared {
            organizations: Mutex::default(),
            changed: Condvar::new(),
            builder: Builder::new(weak.clone(), store),
            bytes_max,
        };
        Self(Some(Arc::new_cyclic(shared)))
    }

    /// How much listing these people may cost, where the index will answer it.
    pub(crate) fn effort(&self, organization: OrganizationId, query: &PersonQuery, with_total: bool) -> Option<Effort> {
        if !finding::is_for_the_index(query) {
            return None;
        }
        let kept = self.0.as_ref()?.ready(organization)?;
        let current = kept.read();
        let is_to_be_counted = with_total && kept.total(current.at(), &query.filter).is_none();
        finding::effort(&current, query, is_to_be_counted)
    }

    /// The organization's index. Where there is none it is asked for, and there may be one next time.
    fn ask(&self, organization: OrganizationId) -> Option<Arc<Kept>> {
        let shared = self.0.as_ref()?;
        let mut organizations = shared.lock();
        let Some(place) = organizations.get_mut(&organization) else {
            if shared.builder.ask(organization) {
                organizations.insert(organization, Place { state: State::Building, unused_ticks: 0 });
            }
            return None;
        };
        place.unused_ticks = 0;
        match &place.state {
            State::Ready(kept) => Some(Arc::clone(kept)),
            State::Building | State::TooLarge => None,
        }
    }

    /// Has it brought up, or another one built, while this one goes on.
    fn renew(&self, organization: OrganizationId, kept: &Kept) {
        let was_asked = kept.is_to_be_renewed.swap(true, Ordering::Relaxed);
        if let (Some(shared), false) = (&self.0, was_asked) {
            shared.builder.ask(organization);
        }
    }

    /// Lets go of an index that is not of this history.
    fn discard(&self, organization: OrganizationId) {
        if let Some(shared) = &self.0 {
            shared.lock().remove(&organization);
        }
    }

    /// Ends what is being built. To be called before the store is closed, which may have to be the last to hold its files.
    pub(crate) fn close(&self) {
        if let Some(shared) = &self.0 {
            shared.builder.close();
        }
    }

    /// How many indexes can be asked, how many are being built, and the bytes of the first.
    pub(crate) fn kept(&self) -> (u64, u64, u64) {
        let Some(shared) = &self.0 else { return (0, 0, 0) };
        shared.lock().values().fold((0, 0, 0), |(ready, building, bytes), place| match &place.state {
            State::Ready(kept) => (ready + 1, building, bytes + kept.bytes),
            State::Building => (ready, building + 1, bytes),
            State::TooLarge => (ready, building, bytes),
        })
    }

    /// Waits until the index of an organization that was searched can be asked, or is said to be too large.
    #[cfg(test)]
    pub(crate) fn wait(&self, organization: OrganizationId) -> bool {
        let Some(shared) = &self.0 else { return false };
        let is_building = |organizations: &mut HashMap<OrganizationId, Place>| {
            organizations.get(&organization).is_some_and(|place| matches!(place.state, State::Building))
        };
        let organizations = shared.changed.wait_while(shared.lock(), is_building).unwrap_or_else(PoisonError::into_inner);
        organizations.get(&organization).is_some_and(|place| matches!(place.state, State::Ready(_)))
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, HashMap<OrganizationId, Place>> {
        self.organizations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ready(&self, organization: OrganizationId) -> Option<Arc<Kept>> {
        match &self.lock().get(&organization)?.state {
            State::Ready(kept) => Some(Arc::clone(kept)),
            State::Building | State::TooLarge => None,
        }
    }

    /// Keeps what was built; `None`: nothing of that organization can be kept.
    fn keep(&self, organization: OrganizationId, current: Option<Current>) {
        let state = match current {
            Some(current) => State::Ready(Arc::new(Kept::new(current))),
            None => State::TooLarge,
        };
        let mut organizations = self.lock();
        organizations.insert(organization, Place { state, unused_ticks: 0 });
        make_room(&mut organizations, organization, self.bytes_max);
        self.changed.notify_all();
    }

    /// Forgets an index that could not be built; it may be asked for again.
    fn give_up(&self, organization: OrganizationId) {
        self.lock().remove(&organization);
        self.changed.notify_all();
    }

    /// Lets go of what nobody has asked for long.
    fn tick(&self) {
        let mut organizations = self.lock();
        for place in organizations.values_mut() {
            place.unused_ticks += 1;
        }
        organizations.retain(|_, place| matches!(place.state, State::Building) || place.unused_ticks <= UNUSED_TICKS_MAX);
    }
}

/// Lets go of the least used indexes until the rest fits: in the end of the newest too.
fn make_room(organizations: &mut HashMap<OrganizationId, Place>, newest: OrganizationId, bytes_max: u64) {
    let bytes_of = |place: &Place| match &place.state {
        State::Ready(kept) => kept.bytes,
        State::Building | State::TooLarge => 0,
    };
    while organizations.values().map(bytes_of).sum::<u64>() > bytes_max {
        let least_used = organizations.iter().filter(|(organization, place)| **organization != newest && bytes_of(place) > 0);
        match least_used.max_by_key(|(_, place)| place.unused_ticks).map(|(organization, _)| *organization) {
            Some(organization) => drop(organizations.remove(&organization)),
            None => drop(organizations.insert(newest, Place { state: State::TooLarge, unused_ticks: 0 })),
        }
    }
}

/// What a builder reports when it could not read.
fn log_failure(organization: OrganizationId, error: &StoreError) {
    tracing::warn!(organization.id = organization.get(), %error, "could not build the index of an organization's text; the database's own answers");
}
