//! One parsed line of people, carried out: who it is, whether it may be, and what changes.

use super::MatchColumn;
use super::columns::PersonDraft;
use super::known::{self, Known};
use super::loading::{AwaitedManager, Fault, Loading, Seen};
use super::named::{self, NamedIdentity};
use super::references::{self, References};
use crate::directory::recording::Recorder;
use crate::directory::rules;
use crate::domain::{Change, GroupNumber, LongLabel, Membership, Person, PersonId, PersonNumber, folded, unique_key, whole_name};
use crate::store::{Numbered, PersonKey, WriteTransaction};

impl Loading {
    /// Loads one person, all or nothing: whatever can refuse the line comes before its first write.
    pub(super) async fn load_person(
        &mut self,
        tx: &mut WriteTransaction,
        references: &mut References,
        known: &mut Known,
        mut draft: PersonDraft,
        recorder: &Recorder,
    ) -> Result<Seen, Fault> {
        let existing = find(tx, known, &draft, self.plan.matching).await?;
        self.refuse_second_line(existing.as_ref(), draft.line)?;
        refuse_other_ids(existing.as_ref(), &draft)?;
        refuse_taken(tx, known, existing.as_ref(), &draft, self.plan.matching).await?;
        references.refuse_unknown(&draft)?;
        let custom = references.definitions.read(std::mem::take(&mut draft.custom))?;
        let identity = NamedIdentity::find(self, tx, &draft, existing.as_ref()).await?;
        let groups = find_groups(tx, &draft.groups).await?;
        let is_new = existing.is_none();
        if is_new && known.is_in_bin(tx, &draft).await? {
            return Err(Fault::Line("the number or uuid is that of a deleted person; restore that person first".to_owned()));
        }
        let before = match existing {
            Some(person) => person,
            None => self.new_person(tx, references, &draft, recorder).await?,
        };

        let manager_key = known::manager_key(&draft);
        let PersonDraft { line, mut change, role, job_title, level, price_list, manager, .. } = draft;
        change.role = references.role(tx, role, recorder).await?;
        change.job_title = references.job_title(tx, job_title, recorder).await?;
        change.level = references.level(tx, level, recorder).await?;
        change.price_list = references.price_list(tx, price_list, recorder).await?;
        change.custom = references.definitions.define(tx, custom, recorder).await?;
        change.identity = match identity {
            Change::Set(identity) => Change::Set(identity.made(self, tx, recorder.at()).await?),
            Change::Clear => Change::Clear,
            Change::Keep => Change::Keep,
        };
        let (manager, awaited) = manager_now(tx, known, manager_key, manager).await?;
        change.manager = manager;

        let mut person = before.clone();
        change.apply(&mut person);
        rules::refuse_losing_last_owner(tx, &references.roles, &before, Some(&person)).await?;
        self.people.insert(person.number, line);
        let seen = self.store_person(tx, known, &before, person, is_new, recorder).await?;
        self.awaited.extend(awaited.map(|manager| AwaitedManager { line, person: before.number, manager, seen }));
        self.join_groups(tx, before.number, groups, recorder).await?;
        Ok(seen)
    }

    /// Writes the person if anything about it is new, and lets its identity in or out.
    async fn store_person(
        &self,
        tx: &mut WriteTransaction,
        known: &mut Known,
        before: &Person,
        mut person: Person,
        is_new: bool,
        recorder: &Recorder,
    ) -> Result<Seen, Fault> {
        if is_new {
            person.updated_at = recorder.at();
            known.note_new(&person);
            recorder.create_person(tx, person).await?;
            return Ok(Seen::Created);
        }
        let changed = recorder.update_person(tx, before, &mut person).await?;
        if changed.is_some() {
            known.note_changed(before, &person);
        }
        Ok(if changed.is_some() { Seen::Updated } else { Seen::Unchanged })
    }

    async fn new_person(
        &self,
        tx: &mut WriteTransaction,
        references: &References,
        draft: &PersonDraft,
        recorder: &Recorder,
    ) -> Result<Person, Fault> {
        let number = match draft.number {
            Some(number) => {
                tx.reserve_number(Numbered::Person, number.get()).await?;
                number
            }
            None => references::next(tx, Numbered::Person, "person").await?,
        };
        let id = draft.id.unwrap_or_else(|| PersonId::new(self.surroundings.new_id()));
        let mut person = Person::new(id, number, recorder.at());
        person.role = references.default_role();
        if draft.id.is_some() && draft.is_role_empty {
            person.role = None;
        }
        if draft.id.is_some() && draft.is_language_empty {
            person.language = None;
        }
        person.created_at = draft.created_at.unwrap_or(recorder.at());
        Ok(person)
    }

    /// Puts a person into the groups that its line names, making those that are not there.
    async fn join_groups(
        &mut self,
        tx: &mut WriteTransaction,
        person: PersonNumber,
        groups: Vec<NamedGroup>,
        recorder: &Recorder,
    ) -> Result<(), Fault> {
        for named in groups {
            let group = match named {
                NamedGroup::Known(group) => group,
                NamedGroup::New(name) => self.named_group(tx, name, recorder).await?,
            };
            if tx.membership(group, person).await?.is_none() {
                recorder.put_membership(tx, None, &Membership { group, person, title: None }).await?;
                self.report.memberships.created += 1;
            }
        }
        Ok(())
    }

    fn refuse_second_line(&self, existing: Option<&Person>, line: u64) -> Result<(), Fault> {
        let first = existing.and_then(|person| self.people.get(&person.number));
        match (first, self.plan.matching) {
            (Some(first), Some(column)) => Err(Fault::Line(format!("line {first} gave the person with this {column} already"))),
            (Some(first), None) if *first != line => {
                Err(Fault::Line(format!("line {first} gave the same person; tell the two apart by external_id, login or number")))
            }
            _ => Ok(()),
        }
    }
}

/// Who a line is about: by the column that the plan names; or else by external id, uuid and number; without an external
/// id also by login, e-mail address or, for people who have none of them, by the whole name.
async fn find(
    tx: &mut WriteTransaction,
    known: &Known,
    draft: &PersonDraft,
    matching: Option<MatchColumn>,
) -> Result<Option<Person>, Fault> {
    let keys = match matching {
        Some(column) => {
            vec![key_of(draft, column).ok_or_else(|| Fault::Line(format!("{column} must not be empty, for lines are matched by it")))?]
        }
        None => best_keys(draft),
    };
    for key in keys {
        let mut found = known.people_with(tx, &key).await?;
        if found.len() > 1 {
            return Err(Fault::Line(match matching {
                Some(column) => format!("several people have this {column}; match by another column"),
                None => "several people are meant by this; tell them apart by external_id, login or number".to_owned(),
            }));
        }
        if let Some(person) = found.pop() {
            return Ok(Some(person));
        }
    }
    Ok(None)
}

/// The key in one column, which a line must have that is matched by it.
pub(super) fn key_of(draft: &PersonDraft, column: MatchColumn) -> Option<PersonKey> {
    let change = &draft.change;
    match column {
        MatchColumn::ExternalId => set(&change.external_id).cloned().map(PersonKey::ExternalId),
        MatchColumn::Email => set(&change.email).map(|email| PersonKey::Email(unique_key(email.as_str()))),
        MatchColumn::Login => set(&change.login).map(|login| PersonKey::Login(unique_key(login.as_str()))),
    }
}

pub(super) fn best_keys(draft: &PersonDraft) -> Vec<PersonKey> {
    let mut keys: Vec<PersonKey> = set(&draft.change.external_id).cloned().map(PersonKey::ExternalId).into_iter().collect();
    keys.extend(draft.id.map(PersonKey::Id));
    keys.extend(draft.number.map(PersonKey::Number));
    if keys.is_empty() {
        keys.push(weak_key(draft));
    }
    keys
}

/// A manager who is found by external id, which nobody further down can have too; any other is awaited.
async fn manager_now(
    tx: &mut WriteTransaction,
    known: &Known,
    key: Option<PersonKey>,
    named: Change<String>,
) -> Result<(Change<PersonNumber>, Option<String>), Fault> {
    let named = match named {
        Change::Set(named) => named,
        Change::Clear => return Ok((Change::Clear, None)),
        Change::Keep => return Ok((Change::Keep, None)),
    };
    if let Some(key) = key
        && let Some(manager) = known.holder(tx, &key).await?
    {
        return Ok((Change::Set(manager), None));
    }
    Ok((Change::Keep, Some(named)))
}

/// A group that a line of people names.
enum NamedGroup {
    Known(GroupNumber),
    /// To be made, unless the same line has made it.
    New(LongLabel),
}

/// The groups that a line names; refuses what no group could be called. Makes nothing yet.
async fn find_groups(tx: &mut WriteTransaction, names: &[String]) -> Result<Vec<NamedGroup>, Fault> {
    let mut groups = Vec::with_capacity(names.len());
    for named in names {
        groups.push(match named::find_group(tx, named).await? {
            Some(group) => NamedGroup::Known(group),
            None => NamedGroup::New(LongLabel::parse(named).map_err(|error| Fault::Line(format!("groups {}", error.reason)))?),
        });
    }
    Ok(groups)
}

fn weak_key(draft: &PersonDraft) -> PersonKey {
    let change = &draft.change;
    match (&change.login, &change.email) {
        (Change::Set(login), _) => PersonKey::Login(unique_key(login.as_str())),
        (_, Change::Set(email)) => PersonKey::Email(unique_key(email.as_str())),
        _ => {
            let name = whole_name(set(&change.display_name), set(&change.given_name), set(&change.family_name));
            PersonKey::Name(folded(&name.unwrap_or_default()))
        }
    }
}

const fn set<T>(change: &Change<T>) -> Option<&T> {
    match change {
        Change::Set(value) => Some(value),
        Change::Keep | Change::Clear => None,
    }
}

/// Ids never change: a line that names a person by one key must not say another uuid or number.
fn refuse_other_ids(existing: Option<&Person>, draft: &PersonDraft) -> Result<(), Fault> {
    let Some(person) = existing else { return Ok(()) };
    if draft.id.is_some_and(|id| id != person.id) {
        return Err(Fault::Line(format!("uuid is not that of person {}, which the line names", person.number)));
    }
    if draft.number.is_some_and(|number| number != person.number) {
        return Err(Fault::Line(format!("number is not {}, that of the person which the line names", person.number)));
    }
    Ok(())
}

/// What is unique must not be somebody else's.
async fn refuse_taken(
    tx: &mut WriteTransaction,
    known: &Known,
    existing: Option<&Person>,
    draft: &PersonDraft,
    matching: Option<MatchColumn>,
) -> Result<(), Fault> {
    for (column, key) in unique_keys(draft, matching) {
        if let Some(holder) = known.holder(tx, &key).await?
            && existing.is_none_or(|person| person.number != holder)
        {
            return Err(Fault::Line(format!("{column} is taken by person {holder}")));
        }
    }
    Ok(())
}

/// What a line says that only whom it is about may have, with its column.
pub(super) fn unique_keys(draft: &PersonDraft, matching: Option<MatchColumn>) -> Vec<(&'static str, PersonKey)> {
    let mut keys = Vec::new();
    if let Change::Set(login) = &draft.change.login {
        keys.push(("login", PersonKey::Login(unique_key(login.as_str()))));
        keys.extend(rules::id_in_login(login).map(|id| ("login", id)));
    }
    if matching.is_some() {
        // Without a column to match by, whoever has one of these is whom the line is about.
        keys.extend(set(&draft.change.external_id).map(|id| ("external_id", PersonKey::ExternalId(id.clone()))));
        keys.extend(draft.id.map(|id| ("uuid", PersonKey::Id(id))));
        keys.extend(draft.number.map(|number| ("number", PersonKey::Number(number))));
    }
    keys
}
