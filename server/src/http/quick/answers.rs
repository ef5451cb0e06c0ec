//! Answers kept for as long as their organization does not change.
//!
//! An answer is true at the one state of its organization that it was made at, whoever changes it, by whatever process. So it
//! is kept with that state, and given only to a request after whose arrival the organization was seen to be in it still.

use super::answer::Answer;
use super::asked::Asked;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use rollcall_core::directory::{Actor, OrganizationMoment};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that an entry costs beside its answer.
const ENTRY_BYTES: u64 = 160;
/// What an answer is expected to take, for the cache to lay out its tables; few are as long as a page.
const ANSWER_BYTES: usize = 4096;

/// Kept answers. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Answers(Option<Arc<Keeping>>);

#[derive(Debug)]
struct Keeping {
    cache: Cache<AnswerKey, Kept, Weight>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// Everything that an answer depends on but the state of its organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct AnswerKey([u8; 32]);

#[derive(Clone, Debug)]
struct Kept {
    moment: OrganizationMoment,
    answer: Answer,
}

#[derive(Clone, Debug)]
struct Weight;

impl Weighter<AnswerKey, Kept> for Weight {
    fn weight(&self, _: &AnswerKey, kept: &Kept) -> u64 {
        kept.answer.bytes() as u64 + ENTRY_BYTES
    }
}

impl Answers {
    /// At most so many bytes of them; 0: none are kept.
    pub fn new(bytes_max: usize) -> Self {
        let cache = || Cache::with_weighter(bytes_max / ANSWER_BYTES, bytes_max as u64, Weight);
        let keeping = || Arc::new(Keeping { cache: cache(), hits: AtomicU64::new(0), misses: AtomicU64::new(0) });
        Self((bytes_max > 0).then(keeping))
    }

    /// The answer, if the organization is still in the state that it was made at.
    pub(super) fn get(&self, key: &AnswerKey, moment: OrganizationMoment) -> Option<Answer> {
        let keeping = self.0.as_ref()?;
        let answer = keeping.cache.get(key).filter(|kept| kept.moment == moment).map(|kept| kept.answer);
        let count = if answer.is_some() { &keeping.hits } else { &keeping.misses };
        count.fetch_add(1, Ordering::Relaxed);
        answer
    }

    /// How many requests were given a kept answer, and how many were not though one could have been kept.
    pub fn hits_and_misses(&self) -> (u64, u64) {
        let counts = |keeping: &Arc<Keeping>| (keeping.hits.load(Ordering::Relaxed), keeping.misses.load(Ordering::Relaxed));
        self.0.as_ref().map_or((0, 0), counts)
    }

    /// Bytes of answers that are kept.
    pub fn bytes(&self) -> u64 {
        self.0.as_ref().map_or(0, |keeping| keeping.cache.weight())
    }

    /// Keeps an answer that was made while the organization was in this state all the time.
    pub(super) fn keep(&self, key: AnswerKey, moment: OrganizationMoment, answer: Answer) {
        if let Some(keeping) = &self.0 {
            keeping.cache.insert(key, Kept { moment, answer });
        }
    }
}

impl AnswerKey {
    /// Of what a room's quick read answers to this actor; `form` is what else it depends on there.
    pub(super) fn new(room: &'static str, asked: &Asked, form: &'static str, actor: &Actor) -> Self {
        let mut digest = Sha256::new();
        let numbers = [actor.organization().get(), actor.scopes().bits(), actor.person().map_or(0, |person| person.get())];
        numbers.into_iter().for_each(|number| digest.update(number.to_le_bytes()));
        let slug = asked.chosen().path.as_ref().map_or("", |slug| slug.as_str());
        let quirks = actor.quirks().to_string();
        for text in [room, form, slug, asked.path(), asked.query().unwrap_or("\0"), &quirks] {
            digest.update((text.len() as u64).to_le_bytes());
            digest.update(text);
        }
        Self(digest.finalize().into())
    }
}
