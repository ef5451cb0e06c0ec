//! One person as the cells of a line: the columns that an import knows, in an order of their own.

use super::attributes;
use super::names::Names;
use crate::cli::format::Format;
use rollcall_core::directory::Cell;
use rollcall_core::domain::{Definition, GroupNumber, Instant, Person, VariableName};

/// How a column shows a person.
type Show = fn(&Person, &[GroupNumber], &Names) -> Cell;

/// The columns but the custom attributes.
const CANONICAL: [(&str, Show); 37] = [
    ("external_id", |person, _, _| text(person.external_id.as_ref())),
    ("uuid", |person, _, _| Cell::Text(person.id.to_string())),
    ("number", |person, _, _| Cell::Number(person.number.to_string())),
    ("login", |person, _, _| text(person.login.as_ref())),
    ("given_name", |person, _, _| text(person.given_name.as_ref())),
    ("family_name", |person, _, _| text(person.family_name.as_ref())),
    ("display_name", |person, _, _| text(person.display_name.as_ref())),
    ("email", |person, _, _| text(person.email.as_ref())),
    ("phone", |person, _, _| text(person.phone.as_ref())),
    ("title", |person, _, _| text(person.title.as_ref())),
    ("job_title", |person, _, names| named(person.job_title.and_then(|number| names.job_title(number)))),
    ("level", |person, _, names| named(person.level.and_then(|number| names.level(number)))),
    ("price_list", |person, _, names| named(person.price_list.and_then(|number| names.price_list(number)))),
    ("manager", |person, _, names| named(person.manager.map(|number| names.person(number)).as_deref())),
    ("role", |person, _, names| named(person.role.and_then(|number| names.role(number)))),
    ("person_type", |person, _, _| Cell::Text(person.person_type.as_str().to_owned())),
    ("has_license", |person, _, _| Cell::Boolean(person.has_license)),
    ("account", |person, _, _| Cell::Text(person.account.as_str().to_owned())),
    ("archived", |person, _, _| Cell::Boolean(person.is_archived)),
    ("description", |person, _, _| text(person.description.as_ref())),
    ("additional_information", |person, _, _| text(person.additional_information.as_ref())),
    ("language", |person, _, _| text(person.language.as_ref())),
    ("time_zone", |person, _, _| text(person.time_zone.as_ref())),
    ("time_zone_row", |person, _, _| person.time_zone_row.map_or(Cell::Null, |row| Cell::Number(row.to_string()))),
    ("initials", |person, _, _| text(person.initials.as_ref())),
    ("photo", |person, _, _| text(person.photo.as_ref())),
    ("profile_color", |person, _, _| text(person.profile_color.as_ref())),
    ("send_invite", |person, _, _| Cell::Boolean(person.send_invite)),
    ("is_visible_in_people_allocation", |person, _, _| Cell::Boolean(person.is_visible_in_people_allocation)),
    ("has_timesheet_required", |person, _, _| Cell::Boolean(person.has_timesheet_required)),
    ("employee_number", |person, _, _| text(person.employee_number.as_ref())),
    ("department", |person, _, _| text(person.department.as_ref())),
    ("identity", |person, _, _| named(person.identity.map(|id| id.to_string()).as_deref())),
    ("projects", |person, _, _| Cell::List(person.projects.iter().map(|id| Cell::Number(id.to_string())).collect())),
    ("groups", |_, groups, names| list(names.groups(groups))),
    ("created_at", |person, _, _| moment(Some(person.created_at))),
    ("last_active_at", |person, _, _| moment(person.last_active_at)),
];

/// The columns of a profile, under the names that it has them by itself: texts, then lists of objects.
const PROFILE: [&str; 19] = [
    "formatted_name",
    "middle_name",
    "honorific_prefix",
    "honorific_suffix",
    "nick_name",
    "profile_url",
    "user_type",
    "locale",
    "cost_center",
    "division",
    "employer",
    "emails",
    "phones",
    "photos",
    "ims",
    "entitlements",
    "certificates",
    "addresses",
    "stated",
];

/// The columns of one organization.
#[derive(Debug)]
pub(super) struct Columns {
    canonical: Vec<Show>,
    names: Vec<String>,
    custom: Vec<VariableName>,
    format: Format,
}

impl Columns {
    /// `without_groups`: they stand in a file of their own.
    pub(super) fn new(definitions: Vec<Definition>, format: Format, without_groups: bool) -> Self {
        let custom: Vec<VariableName> = definitions.into_iter().map(|definition| definition.name).collect();
        let shown = CANONICAL.into_iter().filter(|(name, _)| !(without_groups && *name == "groups"));
        let (names, canonical): (Vec<&str>, Vec<Show>) = shown.unzip();
        let names = names.into_iter().chain(PROFILE).map(str::to_owned);
        Self { names: names.chain(custom.iter().map(|name| format!("custom.{name}"))).collect(), canonical, custom, format }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// One person, a cell for each column.
    pub(super) fn cells(&self, person: &Person, groups: &[GroupNumber], names: &Names) -> Vec<Cell> {
        let canonical = self.canonical.iter().map(|show| show(person, groups, names));
        let custom = self.custom.iter().map(|name| attributes::cell(person.custom.get(name), self.format));
        let mut profile = person.profile.to_json();
        let profile = PROFILE.map(|name| attributes::json_cell(profile.remove(name), self.format));
        canonical.chain(profile).chain(custom).collect()
    }
}

pub(super) fn text(value: Option<&impl AsRef<str>>) -> Cell {
    named(value.map(AsRef::as_ref))
}

pub(super) fn named(value: Option<&str>) -> Cell {
    value.map_or(Cell::Null, |text| Cell::Text(text.to_owned()))
}

fn list(items: Vec<String>) -> Cell {
    Cell::List(items.into_iter().map(Cell::Text).collect())
}

pub(super) fn moment(value: Option<Instant>) -> Cell {
    value.map_or(Cell::Null, |instant| Cell::Text(instant.to_milliseconds_text()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcall_core::directory::ImportFile;
    use std::collections::BTreeSet;

    #[test]
    fn the_columns_are_those_that_an_import_knows() {
        let mut exported: BTreeSet<&str> = CANONICAL.iter().map(|(name, _)| *name).chain(PROFILE).collect();
        // Another name for last_active_at.
        exported.insert("last_active");

        assert_eq!(exported, ImportFile::People.columns().iter().copied().collect());
    }
}
