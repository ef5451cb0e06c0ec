//! Groups and memberships as the lines of a file of their own: one for each membership, one for a group without any.

use super::attributes;
use super::columns::{moment, named, text};
use super::names::Names;
use super::writer::Writer;
use crate::cli::Failure;
use crate::cli::format::Format;
use rollcall_core::directory::{Actor, Cell, Directory};
use rollcall_core::domain::{AttributeObject, Definition, Group, GroupNumber, Membership, PersonNumber, VariableName};
use rollcall_core::query::GroupQuery;
use std::collections::BTreeMap;

/// What a group is known by, on each of its lines.
const KEYS: [&str; 4] = ["group_external_id", "group_uuid", "group_number", "group_name"];
/// What else it is, on its first line alone.
const DETAILS: [&str; 5] = ["group_description", "group_email", "group_additional_information", "group_responsible", "group_created_at"];
/// Who is in it, and as what.
const MEMBER: [&str; 3] = ["person_external_id", "person_uuid", "membership"];

/// Groups and memberships, as they are at one moment each.
#[derive(Debug)]
pub(super) struct GroupTable {
    pub(super) columns: Vec<String>,
    custom: Vec<VariableName>,
    groups: Vec<Group>,
    memberships: BTreeMap<GroupNumber, Vec<Membership>>,
    format: Format,
}

impl GroupTable {
    pub(super) async fn read(directory: &Directory, actor: &Actor, format: Format) -> Result<Self, Failure> {
        let definitions: Vec<Definition> = directory.attribute_definitions(actor, AttributeObject::Group).await?;
        let custom: Vec<VariableName> = definitions.into_iter().map(|definition| definition.name).collect();
        let names = KEYS.into_iter().chain(DETAILS).chain(MEMBER).map(str::to_owned);
        let mut memberships: BTreeMap<GroupNumber, Vec<Membership>> = BTreeMap::new();
        for membership in directory.memberships(actor).await? {
            memberships.entry(membership.group).or_default().push(membership);
        }
        let columns = names.chain(custom.iter().map(|name| format!("custom.{name}"))).collect();
        let groups = directory.groups(actor, &GroupQuery::default()).await?.groups;
        Ok(Self { columns, custom, groups, memberships, format })
    }

    /// Everybody that it names.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonNumber> {
        let members = self.memberships.values().flatten().map(|membership| membership.person);
        members.chain(self.groups.iter().filter_map(|group| group.responsible))
    }

    pub(super) fn write(&self, writer: &mut Writer, names: &Names) -> Result<(), Failure> {
        for group in &self.groups {
            let members = self.memberships.get(&group.number).map_or(&[][..], Vec::as_slice);
            let first = self.cells(group, true, members.first(), names);
            writer.line(&self.columns, &first)?;
            for membership in members.iter().skip(1) {
                writer.line(&self.columns, &self.cells(group, false, Some(membership), names))?;
            }
        }
        Ok(())
    }

    fn cells(&self, group: &Group, is_first: bool, membership: Option<&Membership>, names: &Names) -> Vec<Cell> {
        let keys = [
            text(group.external_id.as_ref()),
            Cell::Text(group.id.to_string()),
            Cell::Number(group.number.to_string()),
            text(Some(&group.name)),
        ];
        let responsible = group.responsible.map(|number| names.person(number));
        let details = [
            text(group.description.as_ref()),
            text(group.email.as_ref()),
            text(group.additional_information.as_ref()),
            named(responsible.as_deref()),
            moment(Some(group.created_at)),
        ];
        let custom = self.custom.iter().map(|name| attributes::cell(group.custom.get(name), self.format));
        let unless_said = |cell: Cell| if is_first { cell } else { Cell::Null };
        let person = membership.and_then(|membership| names.person_name(membership.person));
        let id = person.filter(|person| person.external_id.is_none()).map(|person| person.id.to_string());
        let member = [
            text(person.and_then(|person| person.external_id.as_ref())),
            named(id.as_deref()),
            text(membership.and_then(|membership| membership.title.as_ref())),
        ];
        keys.into_iter().chain(details.map(unless_said)).chain(member).chain(custom.map(unless_said)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcall_core::directory::ImportFile;
    use std::collections::BTreeSet;

    #[test]
    fn the_columns_are_those_that_an_import_knows() {
        let mut exported: BTreeSet<&str> = KEYS.into_iter().chain(DETAILS).chain(MEMBER).collect();
        // Other ways to name the member, which a copy of the directory need not share.
        exported.extend(["person_number", "person_login"]);

        assert_eq!(exported, ImportFile::Groups.columns().iter().copied().collect());
    }
}
