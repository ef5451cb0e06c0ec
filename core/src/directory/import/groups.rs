//! One parsed line of groups, carried out: the group, and one person's place in it.

use super::group_columns::{GroupDraft, MemberKey};
use super::loading::{Fault, Loading, Seen};
use super::references::{self, find_person};
use crate::directory::DirectoryError;
use crate::domain::{Attributes, Change, Group, GroupId, GroupNumber, Instant, LongLabel, Membership, PersonNumber, folded, unique_key};
use crate::store::{GroupKey, Numbered, PersonKey, WriteTransaction};

impl Loading {
    /// Loads one line: the group first, then the membership if the line names a person.
    pub(super) async fn load_group(&mut self, tx: &mut WriteTransaction, draft: GroupDraft, now: Instant) -> Result<(), Fault> {
        let member = match &draft.member {
            Some(key) => Some(find_member(tx, key).await?),
            None => None,
        };
        let title = draft.title.clone();
        let group = self.put_group(tx, draft, now).await?;
        let Some(person) = member else { return Ok(()) };
        let membership = Membership { group, person, title };
        let seen = match tx.membership(group, person).await? {
            Some(before) if before == membership => Seen::Unchanged,
            Some(_) => Seen::Updated,
            None => Seen::Created,
        };
        if seen != Seen::Unchanged {
            tx.put_membership(&membership).await?;
            let action = if seen == Seen::Created { "create" } else { "update" };
            self.append(tx, action, "membership", person.get(), now).await?;
        }
        self.report.memberships.count(seen);
        Ok(())
    }

    /// Makes a group that a person's line names.
    pub(super) async fn create_named_group(&mut self, tx: &mut WriteTransaction, name: &str, now: Instant) -> Result<GroupNumber, Fault> {
        let name = LongLabel::parse(name).map_err(|error| Fault::Line(format!("groups {}", error.reason)))?;
        let draft = GroupDraft { name: Some(name), ..GroupDraft::default() };
        let group = self.put_group(tx, draft, now).await?;
        self.report.groups.count(Seen::Created);
        Ok(group)
    }

    async fn put_group(&mut self, tx: &mut WriteTransaction, draft: GroupDraft, now: Instant) -> Result<GroupNumber, Fault> {
        let existing = find(tx, &draft).await?;
        let is_new = existing.is_none();
        let responsible = match &draft.responsible {
            Change::Set(named) => match find_person(tx, named).await? {
                Some(person) => Change::Set(person),
                None => return Err(Fault::Line("group_responsible is nobody's external_id, number, login or e-mail".to_owned())),
            },
            Change::Clear => Change::Clear,
            Change::Keep => Change::Keep,
        };
        let before = match existing {
            Some(group) => group,
            None => self.new_group(tx, &draft, now).await?,
        };
        let mut group = before.clone();
        if let Some(name) = draft.name {
            group.name = name;
        }
        draft.description.apply(&mut group.description);
        draft.email.apply(&mut group.email);
        draft.additional_information.apply(&mut group.additional_information);
        responsible.apply(&mut group.responsible);
        self.store_group(tx, &before, group, is_new, now).await
    }

    async fn store_group(
        &mut self,
        tx: &mut WriteTransaction,
        before: &Group,
        mut group: Group,
        is_new: bool,
        now: Instant,
    ) -> Result<GroupNumber, Fault> {
        let number = group.number;
        if is_new {
            let sequence = self.append(tx, "create", "group", number.get(), now).await?;
            tx.insert_group(&group, sequence).await?;
            self.groups.insert(number, Seen::Created);
        } else if group != *before {
            group.updated_at = now;
            let sequence = self.append(tx, "update", "group", number.get(), now).await?;
            tx.update_group(&group, sequence).await?;
            let seen = self.groups.entry(number).or_insert(Seen::Updated);
            if *seen == Seen::Unchanged {
                *seen = Seen::Updated;
            }
        } else {
            self.groups.entry(number).or_insert(Seen::Unchanged);
        }
        Ok(number)
    }

    async fn new_group(&self, tx: &mut WriteTransaction, draft: &GroupDraft, now: Instant) -> Result<Group, Fault> {
        let name = draft.name.clone().ok_or_else(|| Fault::Line("group_name must not be empty for a new group".to_owned()))?;
        let number = match draft.number {
            Some(number) => {
                tx.reserve_number(Numbered::Group, number.get()).await?;
                number
            }
            None => references::next(tx, Numbered::Group, "group").await?,
        };
        Ok(Group {
            id: draft.id.unwrap_or_else(|| GroupId::new(self.surroundings.new_id())),
            number,
            external_id: draft.external_id.clone(),
            name,
            description: None,
            email: None,
            responsible: None,
            additional_information: None,
            custom: Attributes::new(),
            created_at: now,
            updated_at: now,
        })
    }
}

/// The group that a line is about: by external id, uuid or number, and only without them by name.
async fn find(tx: &mut WriteTransaction, draft: &GroupDraft) -> Result<Option<Group>, Fault> {
    let mut keys: Vec<GroupKey> = draft.external_id.clone().map(GroupKey::ExternalId).into_iter().collect();
    keys.extend(draft.id.map(GroupKey::Id));
    keys.extend(draft.number.map(GroupKey::Number));
    if keys.is_empty() {
        keys.extend(draft.name.as_ref().map(|name| GroupKey::Name(folded(name.as_str()))));
    }
    for key in keys {
        if let Some(group) = tx.group(&key).await? {
            return Ok(Some(group));
        }
    }
    Ok(None)
}

async fn find_member(tx: &mut WriteTransaction, key: &MemberKey) -> Result<PersonNumber, Fault> {
    let (column, key) = match key {
        MemberKey::ExternalId(id) => ("person_external_id", PersonKey::ExternalId(id.clone())),
        MemberKey::Id(id) => ("person_uuid", PersonKey::Id(*id)),
        MemberKey::Number(number) => ("person_number", PersonKey::Number(*number)),
        MemberKey::Login(login) => ("person_login", PersonKey::Login(unique_key(login))),
    };
    let person = tx.person(&key).await.map_err(DirectoryError::from)?;
    person.map(|person| person.number).ok_or_else(|| Fault::Line(format!("{column} is nobody's")))
}
