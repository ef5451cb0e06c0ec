//! The bounded pool for reads that take long: substring searches, whole lists, exports.
//!
//! So they never keep short reads waiting, and never more of them run than the machine can bear.

use super::Connection;
use super::readers::Readers;
use crate::store::error::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// Long reads that run at the same moment.
const THREADS: usize = 2;
/// Long reads that may wait; beyond it the answer is *busy*.
const QUEUE_MAX: usize = 256;

type Job = Box<dyn FnOnce() + Send>;

/// The door to the pool.
pub(super) struct LongReads {
    readers: Arc<Readers>,
    jobs: SyncSender<Job>,
}

impl LongReads {
    pub(super) fn start(readers: &Arc<Readers>) -> Result<Self, StoreError> {
        let (jobs, waiting) = sync_channel(QUEUE_MAX);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..THREADS {
            let waiting = Arc::clone(&waiting);
            std::thread::Builder::new()
                .name("long-reads".to_owned())
                .spawn(move || read_all(&waiting))
                .map_err(|error| StoreError::failed("could not start the pool of long reads", error))?;
        }
        Ok(Self { readers: Arc::clone(readers), jobs })
    }

    pub(super) async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(Connection) -> (Connection, Result<T, E>) + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let readers = Arc::clone(&self.readers);
        let job = move || {
            let outcome = readers.with(work);
            // Before the answer: who has it may close the database, and is to be the last to hold the connections.
            drop(readers);
            // Whoever asked may have gone; then nobody hears the answer.
            drop(answer.send(outcome));
        };
        self.jobs.try_send(Box::new(job)).map_err(|_| StoreError::Busy)?;
        answered.await.map_err(|_| StoreError::failed("a long read panicked", "its panic is in the log"))?
    }
}

fn read_all(waiting: &Mutex<Receiver<Job>>) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            // A panic has been logged by the panic hook, and dropping its answer told whoever asked.
            Ok(job) => drop(catch_unwind(AssertUnwindSafe(job))),
            Err(_) => return,
        }
    }
}
