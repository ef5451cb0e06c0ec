//! Building an index behind the reads that do without it, on a thread of its own.

use super::current::{Current, Moment};
use super::following::Followed;
use super::index::{Draft, Index};
use super::{Kept, Shared, log_failure};
use crate::domain::{OrganizationId, Person};
use crate::store::backend::{Effort, Store};
use crate::store::error::StoreError;
use crate::store::transaction::ReadTransaction;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::runtime::Handle;

/// How often it is looked for what nobody asks.
const TICK: Duration = Duration::from_secs(60);
/// People that are read at once: so few that other long reads come in between.
const READ_AT_ONCE: usize = 500;
/// Bytes of an index: so many, and so many for each person.
const BYTES_BASE: u64 = 8 * 1024 * 1024;
const BYTES_A_PERSON: u64 = 100;
/// How many people are added before the index is measured again.
const MEASURED_EVERY: u64 = 20_000;

/// The thread that builds, once it is needed, and what tells it of work.
pub(super) struct Builder {
    shared: Weak<Shared>,
    store: Weak<Store>,
    /// What drives the reads of a store; the thread that asks for an index may be one that knows of none.
    runtime: Option<Handle>,
    thread: Mutex<Option<Thread>>,
    is_closed: Arc<AtomicBool>,
    must_be_waited_for: bool,
}

struct Thread {
    jobs: Sender<OrganizationId>,
    handle: JoinHandle<()>,
}

impl Builder {
    pub(super) fn new(shared: Weak<Shared>, store: &Arc<Store>) -> Self {
        let must_be_waited_for = store.is_embedded();
        let runtime = Handle::try_current().ok();
        Self { shared, store: Arc::downgrade(store), runtime, thread: Mutex::default(), is_closed: Arc::default(), must_be_waited_for }
    }

    /// Has an index built. `false`: it cannot be.
    pub(super) fn ask(&self, organization: OrganizationId) -> bool {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_closed.load(Ordering::Relaxed) {
            return false;
        }
        if thread.is_none() {
            *thread = self.runtime.clone().and_then(|runtime| self.start(runtime));
        }
        thread.as_ref().is_some_and(|thread| thread.jobs.send(organization).is_ok())
    }

    fn start(&self, runtime: Handle) -> Option<Thread> {
        let (jobs, waiting) = channel();
        let work = Work { shared: self.shared.clone(), store: self.store.clone(), runtime, is_closed: Arc::clone(&self.is_closed) };
        let started = std::thread::Builder::new().name("search-index".to_owned()).spawn(move || work.all(&waiting));
        match started {
            Ok(handle) => Some(Thread { jobs, handle }),
            Err(error) => {
                tracing::warn!(%error, "could not start to build indexes of text; the database's own answer");
                None
            }
        }
    }

    /// Ends the thread, at the latest with what it reads at this moment.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
        let Some(Thread { jobs, handle }) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        drop(jobs);
        // A database that is a server does not mind who holds a connection; its reads may need the thread that is closing.
        if self.must_be_waited_for && handle.thread().id() != std::thread::current().id() {
            // Its panic, if it had one, is in the log.
            drop(handle.join());
        }
    }
}

/// What the thread has at hand.
struct Work {
    shared: Weak<Shared>,
    store: Weak<Store>,
    runtime: Handle,
    is_closed: Arc<AtomicBool>,
}

/// Some people, and the moment that they were read at.
struct Portion {
    moment: Moment,
    people: Vec<Person>,
}

impl Work {
    fn all(&self, waiting: &Receiver<OrganizationId>) {
        loop {
            match waiting.recv_timeout(TICK) {
                Ok(organization) => self.one(organization),
                Err(RecvTimeoutError::Timeout) => match self.shared.upgrade() {
                    Some(shared) => shared.tick(),
                    None => return,
                },
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn one(&self, organization: OrganizationId) {
        let Some(shared) = self.shared.upgrade() else { return };
        let ready = shared.ready(organization);
        drop(shared);
        if ready.is_some_and(|ready| self.brings_up(organization, &ready)) {
            return;
        }
        let built = self.build(organization);
        let Some(shared) = self.shared.upgrade() else { return };
        match built {
            Ok(Built::Kept(current)) => shared.keep(organization, Some(*current)),
            Ok(Built::TooLarge) => shared.keep(organization, None),
            Ok(Built::Stopped) => shared.give_up(organization),
            Err(error) => {
                log_failure(organization, &error);
                shared.give_up(organization);
            }
        }
    }

    /// Whether an index that there is could be brought to where the organization is, which is less work than building one.
    fn brings_up(&self, organization: OrganizationId, ready: &Arc<Kept>) -> bool {
        if ready.read().is_worn() {
            return false;
        }
        let kept = Arc::clone(ready);
        let most = i64::try_from(ready.read().index.people / 4).unwrap_or(i64::MAX);
        let followed = self.read(organization, move |tx| Box::pin(async move { tx.follow(&kept.current, most).await }));
        let is_usable = matches!(followed, Ok(Some(Followed::Usable(others))) if others.is_empty());
        if is_usable {
            ready.is_to_be_renewed.store(false, Ordering::Relaxed);
        }
        is_usable
    }

    fn build(&self, organization: OrganizationId) -> Result<Built, StoreError> {
        // Remarks may be long. Where they are, they are looked for in the database's own index, and the rest here.
        for with_remarks in [true, false] {
            match self.draft(organization, with_remarks)? {
                Drafted::Done(index, at) => return self.brought_up(organization, Current::new(*index, at)),
                Drafted::TooLarge => {}
                Drafted::Stopped => return Ok(Built::Stopped),
            }
        }
        Ok(Built::TooLarge)
    }

    fn draft(&self, organization: OrganizationId, with_remarks: bool) -> Result<Drafted, StoreError> {
        let (mut draft, mut at, mut last) = (Draft::new(with_remarks), None, 0);
        loop {
            let Some(some) = self.read(organization, move |tx| Box::pin(tx.some_people_after(last)))? else {
                return Ok(Drafted::Stopped);
            };
            // Whoever changes after this is looked at again by way of the history.
            let at = *at.get_or_insert(some.moment);
            for person in &some.people {
                draft.add(person);
                if draft.people() % MEASURED_EVERY == 0 && draft.bytes() > BYTES_BASE + BYTES_A_PERSON * draft.people() {
                    return Ok(Drafted::TooLarge);
                }
            }
            match some.people.last() {
                Some(person) => last = person.number.get(),
                None => {
                    let index = draft.finish();
                    let is_too_large = index.bytes() > BYTES_BASE + BYTES_A_PERSON * index.people;
                    return Ok(if is_too_large { Drafted::TooLarge } else { Drafted::Done(Box::new(index), at) });
                }
            }
        }
    }

    /// What has changed while it was built.
    fn brought_up(&self, organization: OrganizationId, current: Current) -> Result<Built, StoreError> {
        let current = Arc::new(RwLock::new(current));
        let followed = {
            let current = Arc::clone(&current);
            self.read(organization, move |tx| Box::pin(async move { tx.follow(&current, i64::MAX).await }))?
        };
        match followed {
            Some(Followed::Usable(_)) => {}
            // The history is another one by now, or none: the next that is built is of it.
            Some(_) | None => return Ok(Built::Stopped),
        }
        let current = Arc::into_inner(current).map(|current| current.into_inner().unwrap_or_else(PoisonError::into_inner));
        Ok(current.map_or(Built::Stopped, |current| Built::Kept(Box::new(current))))
    }

    /// `None`: the store is being closed.
    fn read<T, F>(&self, organization: OrganizationId, work: F) -> Result<Option<T>, StoreError>
    where
        F: for<'a> FnOnce(&'a mut ReadTransaction) -> crate::store::Work<'a, T, StoreError> + Clone + Send + 'static,
        T: Send + 'static,
    {
        if self.is_closed.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let Some(store) = self.store.upgrade() else { return Ok(None) };
        self.runtime.block_on(store.read(organization, Effort::Long, work)).map(Some)
    }
}

enum Built {
    Kept(Box<Current>),
    TooLarge,
    Stopped,
}

enum Drafted {
    Done(Box<Index>, Moment),
    TooLarge,
    Stopped,
}

impl ReadTransaction {
    /// A few people whose numbers are above this one, by number.
    async fn some_people_after(&mut self, number: i64) -> Result<Portion, StoreError> {
        let moment = self.sequence().await?;
        let people = self.people_above(number, READ_AT_ONCE).await?;
        Ok(Portion { moment, people })
    }
}
