//! Who has the keys that a batch of lines names: asked all at once, before the first of its lines is carried out.
//!
//! It only ever spares a look at the store, and never answers otherwise than the store would: whoever is made is noted, and of
//! whoever is changed nothing is known any more.

use super::MatchColumn;
use super::columns::PersonDraft;
use super::people::{best_keys, key_of, unique_keys};
use crate::directory::DirectoryError;
use crate::domain::{Change, ExternalId, Person, PersonNumber, folded, unique_key};
use crate::store::{Holder, PersonKey, WriteTransaction};
use std::collections::HashMap;

/// What is known of keys. Nothing is, of one that is not here.
#[derive(Debug, Default)]
pub(super) struct Known {
    holders: HashMap<PersonKey, Holder>,
    is_bin_empty: bool,
}

impl Known {
    /// Asks for every key that these lines will be looked up by.
    pub(super) async fn of(
        tx: &mut WriteTransaction,
        drafts: &[PersonDraft],
        matching: Option<MatchColumn>,
    ) -> Result<Self, DirectoryError> {
        let keys = drafts.iter().flat_map(|draft| {
            let own = match matching {
                Some(column) => key_of(draft, column).into_iter().collect(),
                None => best_keys(draft),
            };
            let unique = unique_keys(draft, matching).into_iter().map(|(_, key)| key);
            own.into_iter().chain(unique).chain(manager_key(draft))
        });
        Ok(Self { holders: tx.holders_of(keys.collect()).await?, is_bin_empty: tx.is_bin_empty().await? })
    }

    /// Everybody with a key.
    pub(super) async fn people_with(&self, tx: &mut WriteTransaction, key: &PersonKey) -> Result<Vec<Person>, DirectoryError> {
        match self.holders.get(key) {
            Some(Holder::Nobody) => Ok(Vec::new()),
            _ => Ok(tx.people_with(key).await?),
        }
    }

    /// The one person with a key.
    pub(super) async fn holder(&self, tx: &mut WriteTransaction, key: &PersonKey) -> Result<Option<PersonNumber>, DirectoryError> {
        match self.holders.get(key) {
            Some(Holder::Nobody | Holder::Several) => Ok(None),
            Some(Holder::One(number)) => Ok(Some(*number)),
            None => Ok(tx.person(key).await?.map(|person| person.number)),
        }
    }

    /// Whether the number or the uuid of a line is that of somebody in the bin.
    pub(super) async fn is_in_bin(&self, tx: &mut WriteTransaction, draft: &PersonDraft) -> Result<bool, DirectoryError> {
        let is_asked = !self.is_bin_empty && (draft.number.is_some() || draft.id.is_some());
        Ok(is_asked && tx.is_in_bin(draft.number, draft.id).await?)
    }

    /// Takes note of somebody who was just made.
    pub(super) fn note_new(&mut self, person: &Person) {
        for key in keys_of_one(person) {
            if let Some(holder) = self.holders.get_mut(&key) {
                *holder = Holder::One(person.number);
            }
        }
        self.forget(shared_keys(person));
    }

    /// Knows no more what belonged to somebody who is changed.
    pub(super) fn note_changed(&mut self, before: &Person, after: &Person) {
        for person in [before, after] {
            self.forget(keys_of_one(person).chain(shared_keys(person)));
        }
    }

    fn forget(&mut self, keys: impl Iterator<Item = PersonKey>) {
        for key in keys {
            self.holders.remove(&key);
        }
    }
}

/// The key by which a manager can be found at once.
pub(super) fn manager_key(draft: &PersonDraft) -> Option<PersonKey> {
    match &draft.manager {
        Change::Set(named) => ExternalId::parse(named).ok().map(PersonKey::ExternalId),
        Change::Keep | Change::Clear => None,
    }
}

/// Keys that nobody else has.
fn keys_of_one(person: &Person) -> impl Iterator<Item = PersonKey> {
    let external_id = person.external_id.clone().map(PersonKey::ExternalId);
    let login = person.login.as_ref().map(|login| PersonKey::Login(unique_key(login.as_str())));
    [external_id, login, Some(PersonKey::Id(person.id)), Some(PersonKey::Number(person.number))].into_iter().flatten()
}

/// Keys that others may have too, or that others decide about.
fn shared_keys(person: &Person) -> impl Iterator<Item = PersonKey> {
    let email = person.email.as_ref().map(|email| PersonKey::Email(unique_key(email.as_str())));
    let name = folded(&person.name());
    let identity = person.identity.map(PersonKey::Identity);
    [email, Some(PersonKey::Name(name.clone())), Some(PersonKey::AnyoneNamed(name)), identity].into_iter().flatten()
}
