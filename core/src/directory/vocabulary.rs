//! What an organization describes its people with, remembered: hardly ever does it change, and every answer needs it.

use super::{Action, Actor, Directory, DirectoryError, Object};
use crate::domain::{AttributeObject, Definition, OrganizationId, Role};
use crate::store::{Effort, OrganizationMoment};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// Roles and definitions remembered at most, of all organizations.
const WORDS_MAX: u64 = 65_536;
/// Organizations that are expected to be remembered.
const ORGANIZATIONS_USUAL: usize = 256;

/// What an organization describes its people with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// By number.
    pub roles: Vec<Role>,
    /// The attributes of people, by name.
    pub definitions: Vec<Definition>,
}

/// A vocabulary, and the state of its organization that it was read at.
#[derive(Clone)]
struct Known {
    moment: OrganizationMoment,
    vocabulary: Arc<Vocabulary>,
}

/// Vocabularies that were read before. None is used unless its organization is in the same state still.
pub(super) struct Vocabularies(Cache<OrganizationId, Known, ByWords>);

impl Vocabularies {
    pub(super) fn new() -> Self {
        Self(Cache::with_weighter(ORGANIZATIONS_USUAL, WORDS_MAX, ByWords))
    }
}

#[derive(Clone)]
struct ByWords;

impl Weighter<OrganizationId, Known> for ByWords {
    fn weight(&self, _: &OrganizationId, known: &Known) -> u64 {
        (1 + known.vocabulary.roles.len() + known.vocabulary.definitions.len()) as u64
    }
}

impl Directory {
    /// What the organization describes its people with, as it stands.
    pub async fn vocabulary(&self, actor: &Actor) -> Result<Arc<Vocabulary>, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        let organization = actor.organization();
        let before = self.vocabularies.0.get(&organization);
        let at = before.as_ref().map(|known| known.moment);
        let read = self.read(organization, Effort::Short, move |tx| {
            let before = before.clone();
            Box::pin(async move {
                let (sequence, changed_at) = tx.sequence().await?;
                let moment = OrganizationMoment { sequence, changed_at };
                if let Some(known) = before.filter(|known| known.moment == moment) {
                    return Ok(known);
                }
                let mut definitions = tx.definitions().await?;
                definitions.retain(|definition| definition.object == AttributeObject::Person);
                Ok(Known { moment, vocabulary: Arc::new(Vocabulary { roles: tx.roles().await?, definitions }) })
            })
        });
        let known = read.await?;
        let vocabulary = Arc::clone(&known.vocabulary);
        if at != Some(known.moment) {
            self.vocabularies.0.insert(organization, known);
        }
        Ok(vocabulary)
    }
}
