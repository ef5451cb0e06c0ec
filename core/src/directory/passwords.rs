//! Passwords of people: hashed with Argon2id, which takes its time and its memory.
//!
//! Hashing runs off the threads that answer, few at once. An address that nobody has costs as much work as a wrong
//! password, so that the time of an answer tells nobody who has an identity.

use super::DirectoryError;
use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

/// Characters of the shortest password that is taken.
const PASSWORD_CHARACTERS_MIN: usize = 8;
/// Bytes of the longest one: hashing is work that grows with it.
const PASSWORD_BYTES_MAX: usize = 1024;
/// Hashes in work at once: each takes 19 MiB and keeps a core busy.
const HASHES_MAX: usize = 2;
/// Those that may wait for their turn: at some 30 ms each, the last waits half a second.
const WAITING_MAX: usize = 32;

/// A password that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must have at least {PASSWORD_CHARACTERS_MIN} characters and at most {PASSWORD_BYTES_MAX} bytes")]
pub struct InvalidPassword;

/// Where passwords are hashed. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Passwords {
    at_work: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// What hashing works in, between two hashes. Kept, because memory of this size that comes and goes on many
    /// threads stays with each of them.
    memories: Arc<Mutex<Vec<Memory>>>,
    /// The hash of a password that nobody has.
    nobodys: Arc<OnceLock<String>>,
}

/// As many blocks of 1 KiB as the costs of a hash say.
type Memory = Vec<Block>;

impl Passwords {
    pub(super) fn new() -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self { at_work: places(HASHES_MAX), waiting: places(WAITING_MAX), memories: Arc::default(), nobodys: Arc::default() }
    }

    /// A password as it is stored, if it is one that is taken.
    pub(super) async fn hash(&self, password: &str) -> Result<String, DirectoryError> {
        if password.chars().count() < PASSWORD_CHARACTERS_MIN || password.len() > PASSWORD_BYTES_MAX {
            let reason = InvalidPassword.to_string();
            return Err(DirectoryError::Invalid { field: "password".to_owned(), reason });
        }
        let password = password.to_owned();
        self.work(move || hash(&password)).await
    }

    /// Whether this is the password behind a stored hash. Without a hash it is not, and takes as long.
    pub(super) async fn verify(&self, password: &str, stored: Option<String>) -> Result<bool, DirectoryError> {
        // Nobody has a longer one; its length is no secret.
        let (password, is_possible) =
            if password.len() > PASSWORD_BYTES_MAX { (String::new(), false) } else { (password.to_owned(), true) };
        let (nobodys, memories) = (Arc::clone(&self.nobodys), Arc::clone(&self.memories));
        self.work(move || {
            let of_nobody = match nobodys.get() {
                Some(hash) => hash.clone(),
                None => nobodys.get_or_init(|| hash("a password that nobody has").unwrap_or_default()).clone(),
            };
            let is_somebodys = stored.is_some() && is_possible;
            let mut memory = memories.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let is_right = is_behind(&password, &stored.unwrap_or(of_nobody), &mut memory).unwrap_or_default();
            memories.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
            Ok(is_right && is_somebodys)
        })
        .await
    }

    /// Does it on a thread that may take its time, when one of the few places is free.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, DirectoryError> + Send + 'static,
    ) -> Result<T, DirectoryError> {
        let _waiting = self.waiting.try_acquire().map_err(|_| DirectoryError::Busy)?;
        // A client that goes away does not end the work, so the place goes with it.
        let place = Arc::clone(&self.at_work).acquire_owned().await.map_err(|_| DirectoryError::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        done.await.map_err(|error| DirectoryError::Store(Box::new(error)))?
    }
}

/// Argon2id with the library's recommended costs, as a PHC string.
fn hash(password: &str) -> Result<String, DirectoryError> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| DirectoryError::Store(error.to_string().into()))
}

/// Whether this is the password behind a PHC string. `None`: the string is none that is understood.
fn is_behind(password: &str, stored: &str, memory: &mut Memory) -> Option<bool> {
    let stored = PasswordHash::new(stored).ok()?;
    let (algorithm, params) = (Algorithm::try_from(stored.algorithm.as_str()).ok()?, Params::try_from(&stored).ok()?);
    let version = stored.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let (salt, expected) = (stored.salt?, stored.hash?);
    memory.resize(params.block_count(), Block::new());
    let mut found = vec![0; expected.len()];
    let argon = Argon2::new(algorithm, version, params);
    argon.hash_password_into_with_memory(password.as_bytes(), &salt, &mut found, memory).ok()?;
    Some(found.ct_eq(expected.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_database::wait;

    #[test]
    fn a_password_is_right_behind_its_own_hash_alone() {
        let passwords = Passwords::new();
        let stored = wait(passwords.hash("correct horse")).expect("a hash");
        let is_right = |password: &str, stored: Option<&String>| wait(passwords.verify(password, stored.cloned())).expect("an answer");

        assert!(is_right("correct horse", Some(&stored)));
        assert!(!is_right("correct horses", Some(&stored)));
        assert!(!is_right("", Some(&stored)));
    }

    #[test]
    fn nobody_has_a_password() {
        let passwords = Passwords::new();

        let tries = ["a password that nobody has", "", &"x".repeat(PASSWORD_BYTES_MAX + 1)];

        assert!(tries.iter().all(|password| !wait(passwords.verify(password, None)).expect("an answer")));
        assert!(!wait(passwords.verify("x", Some("no hash".to_owned()))).expect("an answer"));
    }

    #[test]
    fn a_password_is_neither_short_nor_endless() {
        let passwords = Passwords::new();
        let is_taken = |password: &str| wait(passwords.hash(password)).is_ok();

        let taken = ["1234567", "12345678", "ééééééé", &"x".repeat(1024), &"x".repeat(1025)].map(is_taken);

        assert_eq!(taken, [false, true, false, true, false]);
    }

    #[test]
    fn tries_one_after_another_take_the_memory_of_one() {
        let passwords = Passwords::new();

        for _ in 0..3 {
            wait(passwords.verify("x", None)).expect("an answer");
        }

        let memories = passwords.memories.lock().expect("the memories");
        let blocks: Vec<_> = memories.iter().map(Vec::len).collect();
        assert_eq!(blocks, [Params::DEFAULT.block_count()]);
    }

    #[test]
    fn a_password_is_right_behind_a_hash_of_other_costs() {
        let (passwords, params) = (Passwords::new(), Params::new(64, 1, 2, Some(16)).expect("costs"));
        let stored = Argon2::from(params).hash_password(b"correct horse").expect("a hash").to_string();

        let right =
            ["correct horse", "correct horses"].map(|password| wait(passwords.verify(password, Some(stored.clone()))).expect("an answer"));

        assert_eq!(right, [true, false]);
    }

    #[test]
    fn who_would_wait_too_long_is_told_to_come_back() {
        let passwords = Passwords::new();
        let _waiting = passwords.waiting.try_acquire_many(u32::try_from(WAITING_MAX).expect("few")).expect("places");

        assert!(matches!(wait(passwords.verify("x", None)), Err(DirectoryError::Busy)));
    }
}
