//! The columns of a file of groups and of who and what is in them, and a line parsed by them.

use super::attributes;
use super::{Cell, Line};
use crate::domain::{
    AdditionalInformation, Change, Description, Email, ExternalId, GroupId, GroupNumber, Instant, LongLabel, PersonId, PersonNumber, Title,
    VariableName,
};
use crate::store::GroupKey;
use uuid::Uuid;

/// Every column of a file of groups but the custom attributes.
pub(super) const GROUPS: [&str; 17] = [
    "group_external_id",
    "group_uuid",
    "group_number",
    "group_name",
    "group_description",
    "group_email",
    "group_additional_information",
    "group_responsible",
    "group_created_at",
    "person_external_id",
    "person_uuid",
    "person_number",
    "person_login",
    "membership",
    "subgroup_external_id",
    "subgroup_uuid",
    "subgroup_number",
];

/// Whether a column is known, and why not.
pub(super) fn check_group_column(column: &str) -> Result<(), String> {
    if let Some(name) = attributes::named_by(column) {
        return name.map(drop);
    }
    if GROUPS.contains(&column) {
        return Ok(());
    }
    Err("is not a column of groups".to_owned())
}

/// A line that parsed: a group, and one person's or one group's place in it, if the line names one.
#[derive(Clone, Debug, Default)]
pub(super) struct GroupDraft {
    pub(super) line: u64,
    pub(super) external_id: Option<ExternalId>,
    pub(super) id: Option<GroupId>,
    pub(super) number: Option<GroupNumber>,
    pub(super) name: Option<LongLabel>,
    pub(super) description: Change<Description>,
    pub(super) email: Change<Email>,
    pub(super) additional_information: Change<AdditionalInformation>,
    /// External id, uuid, number, login or e-mail address of a person.
    pub(super) responsible: Change<String>,
    pub(super) created_at: Option<Instant>,
    pub(super) member: Option<MemberKey>,
    pub(super) title: Option<Title>,
    /// The group inside it, with the column that names it.
    pub(super) subgroup: Option<(&'static str, GroupKey)>,
    /// Custom attributes of the group, which are read by their definitions.
    pub(super) custom: Vec<(VariableName, Cell)>,
}

/// What names the member.
#[derive(Clone, Debug)]
pub(super) enum MemberKey {
    ExternalId(ExternalId),
    Id(PersonId),
    Number(PersonNumber),
    Login(String),
}

impl GroupDraft {
    /// Reads a line; the reasons why it cannot be read, all of them, otherwise.
    pub(super) fn parse(line: &Line) -> Result<Self, String> {
        let mut draft = Self { line: line.number, ..Self::default() };
        line.read_cells(|column, cell| draft.read(column, cell))?;
        if draft.external_id.is_none() && draft.id.is_none() && draft.number.is_none() && draft.name.is_none() {
            return Err("the line names no group".to_owned());
        }
        if draft.subgroup.is_some() && (draft.member.is_some() || draft.title.is_some()) {
            return Err("the line names a group inside the group, and a person too".to_owned());
        }
        Ok(draft)
    }

    fn read(&mut self, column: &str, cell: &Cell) -> Result<(), String> {
        match column {
            "group_external_id" => self.external_id = given(cell.text()?),
            "group_uuid" => self.id = cell.value::<Uuid>()?.map(GroupId::new),
            "group_number" => self.number = cell.value()?,
            "group_name" => self.name = given(cell.text()?),
            "group_description" => self.description = cell.text()?,
            "group_email" => self.email = cell.text()?,
            "group_additional_information" => self.additional_information = cell.text()?,
            "group_responsible" => self.responsible = cell.written()?.map_or(Change::Clear, |text| Change::Set(text.trim().to_owned())),
            "group_created_at" => self.created_at = given(cell.instant()?),
            "person_external_id" => self.read_member(given(cell.text()?).map(MemberKey::ExternalId))?,
            "person_uuid" => self.read_member(cell.value::<Uuid>()?.map(|id| MemberKey::Id(PersonId::new(id))))?,
            "person_number" => self.read_member(cell.value()?.map(MemberKey::Number))?,
            "person_login" => self.read_member(cell.written()?.map(|login| MemberKey::Login(login.to_owned())))?,
            "membership" => self.title = given(cell.text()?),
            "subgroup_external_id" => self.read_subgroup("subgroup_external_id", given(cell.text()?).map(GroupKey::ExternalId))?,
            "subgroup_uuid" => {
                self.read_subgroup("subgroup_uuid", cell.value::<Uuid>()?.map(|id| GroupKey::Id(GroupId::new(id))))?;
            }
            "subgroup_number" => self.read_subgroup("subgroup_number", cell.value()?.map(GroupKey::Number))?,
            other => {
                check_group_column(other)?;
                if let Some(name) = attributes::named_by(other) {
                    self.custom.push((name?, cell.clone()));
                }
            }
        }
        Ok(())
    }

    fn read_member(&mut self, member: Option<MemberKey>) -> Result<(), String> {
        match (&self.member, member) {
            (Some(_), Some(_)) => Err("names the person a second time".to_owned()),
            (None, Some(member)) => {
                self.member = Some(member);
                Ok(())
            }
            (_, None) => Ok(()),
        }
    }
}

impl GroupDraft {
    fn read_subgroup(&mut self, column: &'static str, subgroup: Option<GroupKey>) -> Result<(), String> {
        let Some(subgroup) = subgroup else { return Ok(()) };
        if self.subgroup.replace((column, subgroup)).is_some() {
            return Err("names the group inside the group a second time".to_owned());
        }
        Ok(())
    }
}

fn given<T>(change: Change<T>) -> Option<T> {
    match change {
        Change::Set(value) => Some(value),
        Change::Keep | Change::Clear => None,
    }
}
