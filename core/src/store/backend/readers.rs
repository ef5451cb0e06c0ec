//! Connections of SQLite that only read, each holding the newest moment open.
//!
//! To begin a transaction and to end it costs as much as a short read itself. So a connection stays in its transaction from
//! read to read, as long as nothing was committed meanwhile, by whomever: a second connection, which holds no transaction,
//! is asked before each use, because inside a transaction a database never seems to change.
//!
//! A transaction that stays open keeps the log from being used again from its beginning. So one that is not used for a moment
//! is ended from outside, and all of them are when the log has grown long.

use super::sqlite::SqliteConnection;
use super::{Connection, OpenMode};
use crate::store::error::StoreError;
use std::cell::Cell;
use std::future::poll_fn;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::time::{Duration, Instant};

/// Connections that read at the same moment; a few for each core of a small machine.
const READERS_MAX: usize = 18;
/// How long a transaction stays open that nobody uses.
const UNUSED_MAX: Duration = Duration::from_millis(100);
/// How long short reads take at most.
const SHORT_READ: Duration = Duration::from_millis(5);

thread_local! {
    /// Whether what runs on this thread may go on looking at the moment that it looked at before, and by which connection it did.
    static MOMENT: Cell<Moment> = const { Cell::new(Moment::Newest) };
    /// The connection that a thread takes if it can, so that what is prepared and remembered there is its own.
    static USUAL: Cell<Option<usize>> = const { Cell::new(None) };
}
/// Which connection the next thread usually takes.
static NEXT: AtomicUsize = AtomicUsize::new(0);

/// What a read is to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// Everything that was committed before it.
    Newest,
    /// Everything that was committed before a piece of work began, which has not read yet.
    OfWork,
    /// The same; by this connection of these readers it has read.
    Seen { readers: usize, place: usize },
}

/// Work that began after whatever it must see was committed: as long as it goes on without waiting, what it saw first is new
/// enough, and is not asked for again.
pub(crate) async fn at_one_moment<T>(mut work: Pin<&mut impl Future<Output = T>>) -> T {
    poll_fn(|context| {
        let _back = Back(MOMENT.replace(Moment::OfWork));
        work.as_mut().poll(context)
    })
    .await
}

/// Sets back what reads of this thread are to see, when it is dropped, be it by a panic.
struct Back(Moment);

impl Drop for Back {
    fn drop(&mut self) {
        MOMENT.set(self.0);
    }
}

/// Where a connection is kept, once it was opened.
type Place = Mutex<Option<Box<Reader>>>;

/// Connections that only read, opened when first needed.
pub(super) struct Readers {
    path: PathBuf,
    places: Box<[Place]>,
    /// Whether any of them may be in a transaction; told to the thread that ends those that nobody uses.
    in_use: Arc<(Mutex<bool>, Condvar)>,
}

/// One connection, and another that sees what is committed while the first looks at one moment.
struct Reader {
    /// `None` while it is lent, and for good if it was lost.
    connection: Option<Connection>,
    watch: SqliteConnection,
    /// What the watch said when the transaction began. `None`: there is no transaction.
    moment: Option<i64>,
    used_at: Instant,
}

impl Readers {
    pub(super) fn start(path: PathBuf) -> Result<Arc<Self>, StoreError> {
        let places = std::iter::repeat_with(|| Mutex::new(None)).take(READERS_MAX).collect();
        let in_use = Arc::new((Mutex::new(false), Condvar::new()));
        let readers = Arc::new(Self { path, places, in_use: Arc::clone(&in_use) });
        let weak = Arc::downgrade(&readers);
        std::thread::Builder::new()
            .name("snapshots".to_owned())
            .spawn(move || end_unused(&weak, &in_use))
            .map_err(|error| StoreError::failed("could not start to end unused snapshots", error))?;
        Ok(readers)
    }

    /// The database's file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a read on one connection, inside a transaction that sees everything committed by now, and all of it at one moment.
    pub(super) fn with<T, E: From<StoreError>>(&self, work: impl FnOnce(Connection) -> (Connection, Result<T, E>)) -> Result<T, E> {
        let (index, mut place) = self.place();
        let mut reader = match place.take() {
            Some(reader) => reader,
            None => Box::new(Reader::open(&self.path)?),
        };
        let seen = Moment::Seen { readers: std::ptr::from_ref(self).addr(), place: index };
        let connection = if MOMENT.get() == seen && reader.moment.is_some() { reader.lent()? } else { reader.renewed()? };
        if MOMENT.get() != Moment::Newest {
            MOMENT.set(seen);
        }
        let (connection, result) = work(connection);
        reader.connection = Some(connection);
        if result.is_err() {
            // Whatever went wrong, the next read begins anew.
            reader.end()?;
        }
        reader.used_at = Instant::now();
        *place = Some(reader);
        drop(place);
        self.note_use();
        result
    }

    /// Ends every transaction, and lets nobody begin another until `work` is done. Not done while somebody reads for longer
    /// than a short read takes.
    pub(super) fn while_nobody_reads<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let deadline = Instant::now() + SHORT_READ;
        let mut places = Vec::with_capacity(self.places.len());
        for place in &self.places {
            places.push(free_before(place, deadline)?);
        }
        for place in &mut places {
            end_in(place);
        }
        Some(work())
    }

    /// How many connections are open, and how many of them hold a snapshot or are being read by.
    pub(super) fn open_and_in_use(&self) -> (u64, u64) {
        let states = self.places.iter().filter_map(|place| match free(place) {
            Some(place) => place.as_ref().map(|reader| reader.moment.is_some()),
            None => Some(true),
        });
        states.fold((0, 0), |(open, in_use), is_in_use| (open + 1, in_use + u64::from(is_in_use)))
    }

    /// Closes every connection that nobody reads by at this moment.
    pub(super) fn close(&self) {
        for mut place in self.places.iter().filter_map(free) {
            *place = None;
        }
    }

    /// The connection that this thread usually takes, or another one that is free.
    fn place(&self) -> (usize, MutexGuard<'_, Option<Box<Reader>>>) {
        let usual = USUAL.get().unwrap_or_else(|| NEXT.fetch_add(1, Ordering::Relaxed)) % self.places.len();
        USUAL.set(Some(usual));
        let indexes = (usual..self.places.len()).chain(0..usual);
        let first_free = indexes.into_iter().find_map(|index| free(&self.places[index]).map(|place| (index, place)));
        first_free.unwrap_or_else(|| (usual, self.places[usual].lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn note_use(&self) {
        let (is_used, told) = &*self.in_use;
        let mut is_used = is_used.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_used {
            *is_used = true;
            told.notify_one();
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        // The thread that ends transactions notices that there are none any more.
        self.note_use();
    }
}

impl Reader {
    fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = SqliteConnection::open(path, OpenMode::MustExist)?;
        connection.batch("pragma query_only = on")?;
        let watch = SqliteConnection::open(path, OpenMode::MustExist)?;
        Ok(Self { connection: Some(connection.into()), watch, moment: None, used_at: Instant::now() })
    }

    /// The connection in a transaction that has everything that was committed before this was asked.
    fn renewed(&mut self) -> Result<Connection, StoreError> {
        let moment = self.watch.data_version()?;
        if self.moment != Some(moment) {
            self.end()?;
            let connection = self.lent()?;
            connection.sqlite().begin_snapshot()?;
            self.connection = Some(connection);
            self.moment = Some(moment);
        }
        self.lent()
    }

    fn lent(&mut self) -> Result<Connection, StoreError> {
        self.connection.take().ok_or_else(|| StoreError::failed("a connection was lost", "a read before this one panicked"))
    }

    fn end(&mut self) -> Result<(), StoreError> {
        if self.moment.take().is_some()
            && let Some(connection) = &self.connection
        {
            connection.sqlite().end_snapshot()?;
        }
        Ok(())
    }
}

/// A place, if nobody reads there.
fn free(place: &Place) -> Option<MutexGuard<'_, Option<Box<Reader>>>> {
    match place.try_lock() {
        Ok(place) => Some(place),
        // Who panicked took the reader along.
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

fn free_before(place: &Place, deadline: Instant) -> Option<MutexGuard<'_, Option<Box<Reader>>>> {
    loop {
        match free(place) {
            Some(place) => return Some(place),
            None if Instant::now() >= deadline => return None,
            None => std::thread::yield_now(),
        }
    }
}

/// Ends the transaction of a reader. One that cannot end it is not used again.
fn end_in(place: &mut Option<Box<Reader>>) {
    if place.as_mut().is_some_and(|reader| reader.end().is_err()) {
        *place = None;
    }
}

/// Ends, again and again, what nobody has used for a while; sleeps while there is nothing to end.
fn end_unused(readers: &Weak<Readers>, (in_use, told): &(Mutex<bool>, Condvar)) {
    loop {
        let is_used = in_use.lock().unwrap_or_else(PoisonError::into_inner);
        drop(told.wait_while(is_used, |is_used| !*is_used).unwrap_or_else(PoisonError::into_inner));
        std::thread::sleep(UNUSED_MAX / 2);
        let Some(readers) = readers.upgrade() else { return };
        // Set back first: whoever reads from now on sets it again.
        *in_use.lock().unwrap_or_else(PoisonError::into_inner) = false;
        let mut is_any_open = false;
        for place in &readers.places {
            // Who is reading at this moment has just used it.
            let Some(mut place) = free(place) else {
                is_any_open = true;
                continue;
            };
            if place.as_ref().is_some_and(|reader| reader.used_at.elapsed() >= UNUSED_MAX) {
                end_in(&mut place);
            }
            is_any_open |= place.as_ref().is_some_and(|reader| reader.moment.is_some());
        }
        if is_any_open {
            readers.note_use();
        }
    }
}
