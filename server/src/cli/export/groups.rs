//! Groups as the lines of a file of their own: one for each person and each group inside, one for a group without any.

use super::attributes;
use super::columns::{moment, named, text};
use super::names::Names;
use super::writer::Writer;
use crate::cli::Failure;
use crate::cli::format::Format;
use rollcall_core::directory::{Actor, Cell, Directory};
use rollcall_core::domain::{
    AttributeObject, Definition, ExternalId, Group, GroupNumber, Membership, PersonNumber, Subgroup, VariableName,
};
use rollcall_core::query::GroupQuery;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a group is known by, on each of its lines.
const KEYS: [&str; 4] = ["group_external_id", "group_uuid", "group_number", "group_name"];
/// What else it is, on its first line alone.
const DETAILS: [&str; 5] = ["group_description", "group_email", "group_additional_information", "group_responsible", "group_created_at"];
/// Who is in it, and as what.
const MEMBER: [&str; 3] = ["person_external_id", "person_uuid", "membership"];

/// Which group is inside it.
const SUBGROUP: [&str; 2] = ["subgroup_external_id", "subgroup_uuid"];

/// What one line says beside its group.
#[derive(Clone, Copy, Debug)]
enum Inside<'a> {
    Nothing,
    Person(&'a Membership),
    Group(&'a Group),
}

/// Groups with who and what is in them, as they are at one moment each.
#[derive(Debug)]
pub(super) struct GroupTable {
    pub(super) columns: Vec<String>,
    custom: Vec<VariableName>,
    groups: Vec<Group>,
    memberships: BTreeMap<GroupNumber, Vec<Membership>>,
    subgroups: BTreeMap<GroupNumber, Vec<GroupNumber>>,
    format: Format,
}

impl GroupTable {
    pub(super) async fn read(directory: &Directory, actor: &Actor, format: Format) -> Result<Self, Failure> {
        let definitions: Vec<Definition> = directory.attribute_definitions(actor, AttributeObject::Group).await?;
        let custom: Vec<VariableName> = definitions.into_iter().map(|definition| definition.name).collect();
        let names = KEYS.into_iter().chain(DETAILS).chain(MEMBER).chain(SUBGROUP).map(str::to_owned);
        let mut memberships: BTreeMap<GroupNumber, Vec<Membership>> = BTreeMap::new();
        for membership in directory.memberships(actor).await? {
            memberships.entry(membership.group).or_default().push(membership);
        }
        let columns = names.chain(custom.iter().map(|name| format!("custom.{name}"))).collect();
        let groups = directory.groups(actor, &GroupQuery::default()).await?.groups;
        let mut subgroups: BTreeMap<GroupNumber, Vec<GroupNumber>> = BTreeMap::new();
        for Subgroup { group, subgroup } in directory.subgroups(actor).await? {
            subgroups.entry(group).or_default().push(subgroup);
        }
        Ok(Self { columns, custom, groups, memberships, subgroups, format })
    }

    /// Everybody that it names.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonNumber> {
        let members = self.memberships.values().flatten().map(|membership| membership.person);
        members.chain(self.groups.iter().filter_map(|group| group.responsible))
    }

    pub(super) fn write(&self, writer: &mut Writer, names: &Names) -> Result<(), Failure> {
        let by_number: BTreeMap<GroupNumber, &Group> = self.groups.iter().map(|group| (group.number, group)).collect();
        for group in &self.groups {
            let members = self.memberships.get(&group.number).map_or(&[][..], Vec::as_slice);
            let subgroups = self.subgroups.get(&group.number).map_or(&[][..], Vec::as_slice);
            let subgroups = subgroups.iter().filter_map(|number| by_number.get(number).map(|inner| Inside::Group(inner)));
            let mut inside: Vec<Inside<'_>> = members.iter().map(Inside::Person).chain(subgroups).collect();
            if inside.is_empty() {
                inside.push(Inside::Nothing);
            }
            for (place, inside) in inside.into_iter().enumerate() {
                writer.line(&self.columns, &self.cells(group, place == 0, inside, names))?;
            }
        }
        Ok(())
    }

    fn cells(&self, group: &Group, is_first: bool, inside: Inside<'_>, names: &Names) -> Vec<Cell> {
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
        let (membership, subgroup) = match inside {
            Inside::Nothing => (None, None),
            Inside::Person(membership) => (Some(membership), None),
            Inside::Group(group) => (None, Some(group)),
        };
        let person = membership.and_then(|membership| names.person_name(membership.person));
        let [external_id, id] = external_id_or_uuid(person.map(|person| (person.external_id.as_ref(), person.id.uuid())));
        let title = text(membership.and_then(|membership| membership.title.as_ref()));
        let subgroup = external_id_or_uuid(subgroup.map(|group| (group.external_id.as_ref(), group.id.uuid())));
        let inside = [external_id, id, title].into_iter().chain(subgroup);
        keys.into_iter().chain(details.map(unless_said)).chain(inside).chain(custom.map(unless_said)).collect()
    }
}

/// The external id of a record, or else its uuid, each in a column of its own.
fn external_id_or_uuid(record: Option<(Option<&ExternalId>, Uuid)>) -> [Cell; 2] {
    match record {
        Some((None, id)) => [Cell::Null, Cell::Text(id.to_string())],
        Some((external_id, _)) => [text(external_id), Cell::Null],
        None => [Cell::Null, Cell::Null],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcall_core::directory::ImportFile;
    use std::collections::BTreeSet;

    #[test]
    fn the_columns_are_those_that_an_import_knows() {
        let mut exported: BTreeSet<&str> = KEYS.into_iter().chain(DETAILS).chain(MEMBER).chain(SUBGROUP).collect();
        // Other ways to name the member, which a copy of the directory need not share.
        exported.extend(["person_number", "person_login", "subgroup_number"]);

        assert_eq!(exported, ImportFile::Groups.columns().iter().copied().collect());
    }
}
