//! Records that a line names: people, groups and identities. Found, and never made in passing.

use super::columns::PersonDraft;
use super::loading::{Fault, Loading};
use crate::directory::DirectoryError;
use crate::domain::{
    Change, Email, ExternalId, Group, GroupId, GroupNumber, IdentityId, Instant, Person, PersonId, PersonNumber, folded, unique_key,
};
use crate::store::{GroupKey, PersonKey, WriteTransaction};
use uuid::Uuid;

/// The identity that a line names.
#[derive(Clone, Debug)]
pub(super) enum NamedIdentity {
    Known(IdentityId),
    /// To be made, with an address that nobody else is known by.
    New(IdentityId, Option<Email>),
}

impl NamedIdentity {
    /// Finds it by uuid or e-mail address; refuses one that is another person here. Makes nothing yet.
    pub(super) async fn find(
        loading: &Loading,
        tx: &mut WriteTransaction,
        draft: &PersonDraft,
        existing: Option<&Person>,
    ) -> Result<Change<Self>, Fault> {
        let named = match &draft.identity {
            Change::Set(named) => named,
            Change::Clear => return Ok(Change::Clear),
            Change::Keep => return Ok(Change::Keep),
        };
        let found = match (named.parse::<IdentityId>(), Email::parse(named)) {
            (Ok(id), _) if tx.identity_exists(id).await? => Self::Known(id),
            (Ok(id), _) => {
                let known_by = match &draft.change.email {
                    Change::Set(email) if tx.identity_by_email(email).await?.is_none() => Some(email.clone()),
                    _ => None,
                };
                Self::New(id, known_by)
            }
            (Err(_), Ok(address)) => match tx.identity_by_email(&address).await? {
                Some(id) => Self::Known(id),
                None => Self::New(IdentityId::new(loading.surroundings.new_id()), Some(address)),
            },
            (Err(_), Err(_)) => return Err(Fault::Line("identity must be the uuid or the e-mail address of an identity".to_owned())),
        };
        if let Self::Known(id) = &found
            && let Some(holder) = tx.person(&PersonKey::Identity(*id)).await?
            && existing.is_none_or(|person| person.number != holder.number)
        {
            return Err(Fault::Line(format!("identity is that of person {} already", holder.number)));
        }
        Ok(Change::Set(found))
    }

    /// Makes it if it is new.
    pub(super) async fn made(self, loading: &Loading, tx: &mut WriteTransaction, now: Instant) -> Result<IdentityId, Fault> {
        match self {
            Self::Known(id) => Ok(id),
            Self::New(id, email) => {
                tx.insert_loaded_identity(id, loading.surroundings.new_id(), email.as_ref(), now).await?;
                Ok(id)
            }
        }
    }
}

/// A uuid as it is written everywhere: with hyphens. Shorter forms may as well be names.
pub(super) fn uuid_of(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|id| id.hyphenated().to_string().eq_ignore_ascii_case(text))
}

/// The person that a reference names: by external id, uuid, number, login or e-mail address, in this order.
pub(super) async fn find_person(tx: &mut WriteTransaction, named: &str) -> Result<Option<PersonNumber>, DirectoryError> {
    let mut keys: Vec<PersonKey> = ExternalId::parse(named).ok().map(PersonKey::ExternalId).into_iter().collect();
    keys.extend(uuid_of(named).map(|id| PersonKey::Id(PersonId::new(id))));
    keys.extend(named.parse().ok().map(PersonKey::Number));
    keys.extend([PersonKey::Login(unique_key(named)), PersonKey::Email(unique_key(named))]);
    for key in keys {
        if let Some(person) = tx.person(&key).await? {
            return Ok(Some(person.number));
        }
    }
    Ok(None)
}

/// The group that a reference names: by external id, uuid, number or name, in this order.
pub(super) async fn find_group(tx: &mut WriteTransaction, named: &str) -> Result<Option<GroupNumber>, Fault> {
    let mut keys: Vec<GroupKey> = ExternalId::parse(named).ok().map(GroupKey::ExternalId).into_iter().collect();
    keys.extend(uuid_of(named).map(|id| GroupKey::Id(GroupId::new(id))));
    keys.extend(named.parse().ok().map(GroupKey::Number));
    for key in keys {
        if let Some(group) = tx.group(&key).await? {
            return Ok(Some(group.number));
        }
    }
    Ok(find_group_by_name(tx, named).await?.map(|group| group.number))
}

/// The group of a name. Several of one name are told apart by nothing, so the line is refused.
pub(super) async fn find_group_by_name(tx: &mut WriteTransaction, name: &str) -> Result<Option<Group>, Fault> {
    let mut found = tx.groups_named(&folded(name)).await?;
    if found.len() > 1 {
        return Err(Fault::Line("several groups have this name; tell them apart by external id or number".to_owned()));
    }
    Ok(found.pop())
}
