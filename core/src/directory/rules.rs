//! What a write must keep to, whoever writes and through whatever: references that are there, keys that are free, roles
//! that the writer holds, and an owner left.

use super::{Actor, DirectoryError, EmailRule};
use crate::domain::{
    Account, AttributeObject, Change, Definition, ExternalId, GroupNumber, Login, Person, PersonChange, PersonId, PersonNumber, Role,
    RoleNumber, check_custom, unique_key,
};
use crate::store::{GroupKey, PersonKey, ReadTransaction, WriteTransaction};

/// What a write may refer to, as it stands in one transaction.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// By number.
    pub roles: Vec<Role>,
    /// Of people and of groups, by name.
    pub definitions: Vec<Definition>,
    /// The people that the write names, as far as they are there.
    pub people: Vec<(PersonId, PersonNumber)>,
}

/// The people whose ids and numbers a lens needs, for an API that names people by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    pub people: Vec<PersonId>,
    /// Whoever is the manager so far, too.
    pub manager: bool,
}

impl Catalogue {
    pub(super) async fn read(tx: &mut ReadTransaction) -> Result<Self, DirectoryError> {
        Ok(Self { roles: tx.roles().await?, definitions: tx.definitions().await?, people: Vec::new() })
    }

    /// The same, with the people that are referred to. `before` is the person as it stands, if it is there.
    pub(super) async fn read_with(
        tx: &mut ReadTransaction,
        references: &References,
        before: Option<&Person>,
    ) -> Result<Self, DirectoryError> {
        let mut catalogue = Self::read(tx).await?;
        let manager = before.and_then(|before| before.manager).filter(|_| references.manager).map(PersonKey::Number);
        for key in references.people.iter().copied().map(PersonKey::Id).chain(manager) {
            catalogue.people.extend(tx.person(&key).await?.map(|person| (person.id, person.number)));
        }
        Ok(catalogue)
    }

    /// The number of somebody whom the write names; `None`: there is nobody of this id.
    pub fn person(&self, id: PersonId) -> Option<PersonNumber> {
        self.people.iter().find(|(known, _)| *known == id).map(|(_, number)| *number)
    }

    /// The id of somebody whom the write names.
    pub fn person_id(&self, number: PersonNumber) -> Option<PersonId> {
        self.people.iter().find(|(_, known)| *known == number).map(|(id, _)| *id)
    }

    pub fn role(&self, number: RoleNumber) -> Option<&Role> {
        self.roles.iter().find(|role| role.number == number)
    }

    /// The role of a person who was given none.
    pub fn default_role(&self) -> Option<&Role> {
        self.roles.iter().find(|role| role.is_default)
    }
}

/// Whether somebody with one of these roles owns the organization, and can sign in to do so.
fn is_owner(roles: &[Role], person: &Person) -> bool {
    roles.iter().any(|role| Some(role.number) == person.role && role.is_owner()) && may_enter(person)
}

/// Whether somebody's own credentials let them in.
fn may_enter(person: &Person) -> bool {
    person.account == Account::Active && !person.is_archived
}

/// Refuses references to what is not there.
pub(super) async fn refuse_unknown(tx: &mut WriteTransaction, catalogue: &Catalogue, change: &PersonChange) -> Result<(), DirectoryError> {
    if let Change::Set(role) = change.role
        && catalogue.role(role).is_none()
    {
        return Err(unknown("role", role.get()));
    }
    if let Change::Set(wanted) = change.job_title
        && !tx.job_titles().await?.iter().any(|title| title.number == wanted)
    {
        return Err(unknown("job_title", wanted.get()));
    }
    if let Change::Set(wanted) = change.level
        && !tx.levels().await?.iter().any(|level| level.number == wanted)
    {
        return Err(unknown("level", wanted.get()));
    }
    if let Change::Set(wanted) = change.price_list
        && !tx.price_lists().await?.iter().any(|list| list.number == wanted)
    {
        return Err(unknown("price_list", wanted.get()));
    }
    if let Change::Set(wanted) = change.manager
        && tx.person(&PersonKey::Number(wanted)).await?.is_none()
    {
        return Err(unknown("manager", wanted.get()));
    }
    Ok(check_custom(&catalogue.definitions, AttributeObject::Person, &change.custom)?)
}

/// Refuses groups that are not there.
pub(super) async fn refuse_unknown_groups(tx: &mut WriteTransaction, groups: &[GroupNumber]) -> Result<(), DirectoryError> {
    for group in groups {
        if tx.group(&GroupKey::Number(*group)).await?.is_none() {
            return Err(unknown("groups", group.get()));
        }
    }
    Ok(())
}

fn unknown(field: &str, number: i64) -> DirectoryError {
    DirectoryError::Invalid { field: field.to_owned(), reason: format!("names {number}, which is not there") }
}

/// Refuses what is unique and somebody else's. `before` is the person as it stands, if it is there.
///
/// Keys are compared trimmed, normalized and without case, and nobody's login is another person's id. People in the bin hold
/// none.
pub(super) async fn refuse_taken(
    tx: &mut WriteTransaction,
    before: Option<&Person>,
    person: &Person,
    email: EmailRule,
) -> Result<(), DirectoryError> {
    fn key<T: AsRef<str>>(text: Option<&T>) -> Option<String> {
        text.map(|text| unique_key(text.as_ref()))
    }
    let mut keys = Vec::new();
    let login = key(person.login.as_ref());
    if login != before.and_then(|before| key(before.login.as_ref())) {
        keys.extend(person.login.as_ref().and_then(id_in_login).map(|id| ("login", id)));
        keys.extend(login.map(|login| ("login", PersonKey::Login(login))));
    }
    let address = key(person.email.as_ref());
    if email == EmailRule::Unique && address != before.and_then(|before| key(before.email.as_ref())) {
        keys.extend(address.map(|address| ("email", PersonKey::Email(address))));
    }
    if person.external_id.as_ref() != before.and_then(|before| before.external_id.as_ref()) {
        keys.extend(person.external_id.as_ref().map(|id| ("external_id", PersonKey::ExternalId(ExternalId::clone(id)))));
    }
    if person.identity != before.and_then(|before| before.identity) {
        keys.extend(person.identity.map(|identity| ("identity", PersonKey::Identity(identity))));
    }
    for (field, key) in keys {
        let holders = tx.people_with(&key).await?;
        if let Some(holder) = holders.iter().find(|holder| holder.number != person.number) {
            return Err(DirectoryError::Conflict { field, holder: Some(holder.number) });
        }
    }
    Ok(())
}

/// Whoever has the id that a login reads as. A person without a login is shown by its id in place of one, so that nobody else
/// may be called so.
pub(super) fn id_in_login(login: &Login) -> Option<PersonKey> {
    login.as_str().trim().parse().ok().map(PersonKey::Id)
}

/// Nobody grants what they do not hold, nor takes it from others; and who lets somebody in again grants what that person's
/// role allows. The default role is anybody's to give: whoever makes a person gives it anyway. `before` is the person as it
/// stands, if it is there.
pub(super) fn refuse_greater_role(
    actor: &Actor,
    catalogue: &Catalogue,
    before: Option<&Person>,
    after: &Person,
) -> Result<(), DirectoryError> {
    let held = before.and_then(|before| before.role);
    let is_let_in = may_enter(after) && !before.is_some_and(may_enter);
    if held == after.role && !is_let_in {
        return Ok(());
    }
    let roles = [held, after.role].into_iter().flatten().filter_map(|number| catalogue.role(number)).filter(|role| !role.is_default);
    for role in roles {
        actor.holds(role.scopes)?;
    }
    Ok(())
}

/// An organization that has an owner keeps one. `after` is nothing when the person is deleted.
pub(super) async fn refuse_losing_last_owner(
    tx: &mut WriteTransaction,
    roles: &[Role],
    before: &Person,
    after: Option<&Person>,
) -> Result<(), DirectoryError> {
    if !is_owner(roles, before) || after.is_some_and(|after| is_owner(roles, after)) {
        return Ok(());
    }
    let Some(role) = before.role else { return Ok(()) };
    let holders = tx.people_with_role(role).await?;
    let is_another_left = holders.iter().any(|holder| holder.number != before.number && is_owner(roles, holder));
    if is_another_left { Ok(()) } else { Err(DirectoryError::LastOwner) }
}
