//! One parsed line of groups, carried out: the group, and who or what is in it.

use super::attributes::{AttributesChange, Definitions};
use super::group_columns::{GroupDraft, MemberKey};
use super::loading::{AwaitedSubgroup, Fault, Loading, Seen};
use super::named::{self, find_person};
use super::references;
use crate::directory::DirectoryError;
use crate::directory::nesting::put_subgroup;
use crate::directory::recording::Recorder;
use crate::domain::{
    AttributeObject, Attributes, Change, Group, GroupId, GroupNumber, LongLabel, Membership, PersonNumber, Subgroup, folded, unique_key,
};
use crate::store::{GroupKey, Numbered, PersonKey, WriteTransaction};

impl Loading {
    /// Loads one line: the group first, then the membership if the line names a person. A group inside it may stand further
    /// down the file, so it is put there at the end.
    pub(super) async fn load_group(
        &mut self,
        tx: &mut WriteTransaction,
        definitions: &mut Definitions,
        draft: GroupDraft,
        recorder: &Recorder,
    ) -> Result<(), Fault> {
        let member = match &draft.member {
            Some(key) => Some(find_member(tx, key).await?),
            None => None,
        };
        let (line, title, subgroup) = (draft.line, draft.title.clone(), draft.subgroup.clone());
        let group = self.put_group(tx, definitions, draft, recorder).await?;
        self.group_lines.entry(group).or_insert(line);
        self.awaited_subgroups.extend(subgroup.map(|(column, subgroup)| AwaitedSubgroup { line, group, column, subgroup }));
        let Some(person) = member else { return Ok(()) };
        let membership = Membership { group, person, title };
        let before = tx.membership(group, person).await?;
        recorder.put_membership(tx, before.as_ref(), &membership).await?;
        let seen = match before {
            Some(before) if before == membership => Seen::Unchanged,
            Some(_) => Seen::Updated,
            None => Seen::Created,
        };
        self.report.memberships.count(seen);
        Ok(())
    }

    /// Puts a group into another, now that every group is there.
    pub(super) async fn settle_subgroup(
        &mut self,
        tx: &mut WriteTransaction,
        awaited: &AwaitedSubgroup,
        recorder: &Recorder,
    ) -> Result<(), Fault> {
        let found = tx.group_number(&awaited.subgroup).await?;
        let subgroup = found.ok_or_else(|| Fault::Line(format!("{} is no group's; everything else was loaded", awaited.column)))?;
        let is_new = put_subgroup(tx, recorder, Subgroup { group: awaited.group, subgroup }, "the group").await?;
        self.report.memberships.count(if is_new { Seen::Created } else { Seen::Unchanged });
        Ok(())
    }

    /// Makes a group that a person's line names, unless the line names it a second time.
    pub(super) async fn named_group(
        &mut self,
        tx: &mut WriteTransaction,
        name: LongLabel,
        recorder: &Recorder,
    ) -> Result<GroupNumber, Fault> {
        if let Some(group) = named::find_group(tx, name.as_str()).await? {
            return Ok(group);
        }
        // A number or uuid that no group has is kept as what it is, so that the same name finds the group again.
        let id = named::uuid_of(name.as_str()).map(GroupId::new);
        let draft = GroupDraft { number: name.as_str().parse().ok(), id, name: Some(name), ..GroupDraft::default() };
        let group = self.put_group(tx, &mut Definitions::none(AttributeObject::Group), draft, recorder).await?;
        self.report.groups.count(Seen::Created);
        Ok(group)
    }

    async fn put_group(
        &mut self,
        tx: &mut WriteTransaction,
        definitions: &mut Definitions,
        mut draft: GroupDraft,
        recorder: &Recorder,
    ) -> Result<GroupNumber, Fault> {
        let existing = find(tx, &draft).await?;
        refuse_other_ids(existing.as_ref(), &draft)?;
        let responsible = find_responsible(tx, &draft.responsible).await?;
        let custom = definitions.read(std::mem::take(&mut draft.custom))?;
        let said_first = existing.as_ref().and_then(|group| self.group_lines.get(&group.number).copied());
        if let (Some(group), Some(line)) = (&existing, said_first) {
            let is_same = said_again(group.clone(), draft, responsible, custom.values) == *group;
            let differs = || Fault::Line(format!("says something else of the group than line {line}"));
            return if is_same { Ok(group.number) } else { Err(differs()) };
        }
        let is_new = existing.is_none();
        let before = match existing {
            Some(group) => group,
            None => self.new_group(tx, &draft, recorder).await?,
        };
        let custom = definitions.define(tx, custom, recorder).await?;
        let group = said(before.clone(), draft, responsible, custom);
        self.store_group(tx, &before, group, is_new, recorder).await
    }

    async fn store_group(
        &mut self,
        tx: &mut WriteTransaction,
        before: &Group,
        mut group: Group,
        is_new: bool,
        recorder: &Recorder,
    ) -> Result<GroupNumber, Fault> {
        let number = group.number;
        if is_new {
            recorder.create_group(tx, &group).await?;
            self.groups.insert(number, Seen::Created);
        } else if recorder.update_group(tx, before, &mut group).await?.is_some() {
            let seen = self.groups.entry(number).or_insert(Seen::Updated);
            if *seen == Seen::Unchanged {
                *seen = Seen::Updated;
            }
        } else {
            self.groups.entry(number).or_insert(Seen::Unchanged);
        }
        Ok(number)
    }

    async fn new_group(&self, tx: &mut WriteTransaction, draft: &GroupDraft, recorder: &Recorder) -> Result<Group, Fault> {
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
            created_at: draft.created_at.unwrap_or(recorder.at()),
            updated_at: recorder.at(),
        })
    }
}

/// The group that a line is about: by external id, uuid or number, and only without them by name.
async fn find(tx: &mut WriteTransaction, draft: &GroupDraft) -> Result<Option<Group>, Fault> {
    let mut keys: Vec<GroupKey> = draft.external_id.clone().map(GroupKey::ExternalId).into_iter().collect();
    keys.extend(draft.id.map(GroupKey::Id));
    keys.extend(draft.number.map(GroupKey::Number));
    if let (true, Some(name)) = (keys.is_empty(), &draft.name) {
        return named::find_group_by_name(tx, name.as_str()).await;
    }
    for key in keys {
        if let Some(group) = tx.group(&key).await? {
            return Ok(Some(group));
        }
    }
    Ok(None)
}

/// Ids never change: a line that names a group by one key must not say another uuid or number.
fn refuse_other_ids(existing: Option<&Group>, draft: &GroupDraft) -> Result<(), Fault> {
    let Some(group) = existing else { return Ok(()) };
    if draft.id.is_some_and(|id| id != group.id) {
        return Err(Fault::Line(format!("group_uuid is not that of group {}, which the line names", group.number)));
    }
    if draft.number.is_some_and(|number| number != group.number) {
        return Err(Fault::Line(format!("group_number is not {}, that of the group which the line names", group.number)));
    }
    Ok(())
}

async fn find_responsible(tx: &mut WriteTransaction, named: &Change<String>) -> Result<Change<PersonNumber>, Fault> {
    match named {
        Change::Set(named) => match find_person(tx, named).await? {
            Some(person) => Ok(Change::Set(person)),
            None => Err(Fault::Line("group_responsible is nobody's external_id, uuid, number, login or e-mail".to_owned())),
        },
        Change::Clear => Ok(Change::Clear),
        Change::Keep => Ok(Change::Keep),
    }
}

/// The group as a line says that it is.
fn said(mut group: Group, draft: GroupDraft, responsible: Change<PersonNumber>, custom: AttributesChange) -> Group {
    if let Some(name) = draft.name {
        group.name = name;
    }
    if draft.external_id.is_some() {
        group.external_id = draft.external_id;
    }
    draft.description.apply(&mut group.description);
    draft.email.apply(&mut group.email);
    draft.additional_information.apply(&mut group.additional_information);
    responsible.apply(&mut group.responsible);
    for (name, change) in custom {
        change.apply_to_entry(&mut group.custom, name);
    }
    group
}

/// The same for a line that is not the first about it, and may leave out what the first one said.
fn said_again(group: Group, mut draft: GroupDraft, responsible: Change<PersonNumber>, custom: AttributesChange) -> Group {
    fn given<T>(change: Change<T>) -> Change<T> {
        if matches!(change, Change::Clear) { Change::Keep } else { change }
    }
    draft.name = draft.name.filter(|name| folded(name.as_str()) != folded(group.name.as_str()));
    draft.description = given(draft.description);
    draft.email = given(draft.email);
    draft.additional_information = given(draft.additional_information);
    let custom = custom.into_iter().map(|(name, change)| (name, given(change))).collect();
    said(group, draft, given(responsible), custom)
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
