//! The columns of a file of people, and a line parsed by them.

use super::attributes;
use super::{Cell, Line};
use crate::domain::{
    Change, Entry, Instant, LongLabel, Name, PersonChange, PersonId, PersonNumber, PostalAddress, StatedField, VariableName,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Every column of a file of people but the custom attributes, in the order of an export.
pub(super) const PEOPLE: [&str; 57] = [
    "external_id",
    "uuid",
    "number",
    "login",
    "given_name",
    "family_name",
    "display_name",
    "email",
    "phone",
    "title",
    "department",
    "person_type",
    "time_zone",
    "time_zone_row",
    "description",
    "job_title",
    "level",
    "price_list",
    "manager",
    "role",
    "has_license",
    "account",
    "archived",
    "additional_information",
    "language",
    "initials",
    "photo",
    "profile_color",
    "send_invite",
    "is_visible_in_people_allocation",
    "has_timesheet_required",
    "employee_number",
    "identity",
    "projects",
    "groups",
    "created_at",
    "last_active",
    "last_active_at",
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

/// The columns that hold a list of objects each: `{"value": …, "type": …, "display": …, "primary": …}`.
pub(super) const OBJECTS: [&str; 7] = ["emails", "phones", "photos", "ims", "entitlements", "certificates", "addresses"];

/// Whether a column is known, and why not.
pub(super) fn check_person_column(column: &str) -> Result<(), String> {
    if let Some(name) = attributes::named_by(column) {
        return name.map(drop);
    }
    match column {
        "updated_at" => Err("is set by the directory and cannot be imported; leave the column out".to_owned()),
        known if PEOPLE.contains(&known) => Ok(()),
        _ => Err("is not a column of people".to_owned()),
    }
}

/// A line that parsed: what it says of a person, with references still by name.
#[derive(Clone, Debug, Default)]
pub(super) struct PersonDraft {
    pub(super) line: u64,
    pub(super) id: Option<PersonId>,
    pub(super) number: Option<PersonNumber>,
    pub(super) change: PersonChange,
    pub(super) role: Change<String>,
    pub(super) job_title: Change<LongLabel>,
    pub(super) level: Change<LongLabel>,
    pub(super) price_list: Change<LongLabel>,
    pub(super) manager: Change<String>,
    /// A uuid or an e-mail address.
    pub(super) identity: Change<String>,
    /// External ids, uuids, numbers or names of groups to be in. Only ever adds.
    pub(super) groups: Vec<String>,
    pub(super) created_at: Option<Instant>,
    /// Whether a cell that new people have a default for is there and empty. Such a cell leaves what is; where a person
    /// is brought along with its uuid, there is no default either, so that a copy is one.
    pub(super) is_role_empty: bool,
    pub(super) is_language_empty: bool,
    /// Custom attributes, which are read by their definitions.
    pub(super) custom: Vec<(VariableName, Cell)>,
}

impl PersonDraft {
    /// Reads a line; the reasons why it cannot be read, all of them, otherwise.
    pub(super) fn parse(line: &Line) -> Result<Self, String> {
        let mut draft = Self { line: line.number, ..Self::default() };
        line.read_cells(|column, cell| draft.read(column, cell))?;
        if draft.is_blank() {
            return Err("the line says nothing of a person".to_owned());
        }
        Ok(draft)
    }

    fn is_blank(&self) -> bool {
        fn is_given<T>(change: &Change<T>) -> bool {
            matches!(change, Change::Set(_))
        }
        let change = &self.change;
        let names = [&change.given_name, &change.family_name, &change.display_name];
        let is_name = |change: &Change<Name>| matches!(change, Change::Set(name) if !name.as_str().is_empty());
        self.id.is_none()
            && self.number.is_none()
            && !is_given(&change.external_id)
            && !is_given(&change.login)
            && !is_given(&change.email)
            && !names.into_iter().any(is_name)
    }

    fn read(&mut self, column: &str, cell: &Cell) -> Result<(), String> {
        let change = &mut self.change;
        match column {
            "external_id" => change.external_id = cell.text()?,
            "uuid" => self.id = cell.value::<Uuid>()?.map(PersonId::new),
            "number" => self.number = cell.value()?,
            "login" => change.login = cell.text()?,
            "given_name" => change.given_name = cell.text()?,
            "family_name" => change.family_name = cell.text()?,
            "display_name" => change.display_name = cell.text()?,
            "email" => change.email = cell.text()?,
            "phone" => change.phone = cell.text()?,
            "title" => change.title = cell.text()?,
            "department" => change.department = cell.text()?,
            "person_type" => change.person_type = cell.word()?,
            "time_zone" => change.time_zone = cell.text()?,
            "time_zone_row" => change.time_zone_row = cell.value()?.map_or(Change::Clear, Change::Set),
            "description" => change.description = cell.text()?,
            "job_title" => self.job_title = cell.text()?,
            "level" => self.level = cell.text()?,
            "price_list" => self.price_list = cell.text()?,
            "manager" => self.manager = reference(cell)?,
            "role" if *cell == Cell::Empty => self.is_role_empty = true,
            "role" => self.role = reference(cell)?,
            "has_license" => change.has_license = cell.boolean()?,
            "account" => change.account = cell.word()?,
            "archived" => change.is_archived = cell.boolean()?,
            "additional_information" => change.additional_information = cell.text()?,
            "language" if *cell == Cell::Empty => self.is_language_empty = true,
            "language" => change.language = cell.text()?,
            "initials" => change.initials = cell.text()?,
            "photo" => change.photo = cell.text()?,
            "profile_color" => change.profile_color = cell.text()?,
            "send_invite" => change.send_invite = cell.boolean()?,
            "is_visible_in_people_allocation" => change.is_visible_in_people_allocation = cell.boolean()?,
            "has_timesheet_required" => change.has_timesheet_required = cell.boolean()?,
            "employee_number" => change.employee_number = cell.text()?,
            "identity" => self.identity = reference(cell)?,
            "projects" => change.projects = cell.numbers()?,
            "groups" => self.groups = words(cell)?,
            "created_at" => self.created_at = moment(cell)?,
            "last_active" | "last_active_at" => change.last_active_at = cell.instant()?,
            other => return self.read_profile(other, cell),
        }
        Ok(())
    }

    fn read_profile(&mut self, column: &str, cell: &Cell) -> Result<(), String> {
        let profile = &mut self.change.profile;
        match column {
            "formatted_name" => profile.formatted_name = cell.text()?,
            "middle_name" => profile.middle_name = cell.text()?,
            "honorific_prefix" => profile.honorific_prefix = cell.text()?,
            "honorific_suffix" => profile.honorific_suffix = cell.text()?,
            "nick_name" => profile.nick_name = cell.text()?,
            "profile_url" => profile.profile_url = cell.text()?,
            "user_type" => profile.user_type = cell.text()?,
            "locale" => profile.locale = cell.text()?,
            "cost_center" => profile.cost_center = cell.text()?,
            "division" => profile.division = cell.text()?,
            "employer" => profile.employer = cell.text()?,
            "emails" => profile.emails = cell.objects(Entry::parse_list_beside_own)?,
            "phones" => profile.phones = cell.objects(Entry::parse_list_beside_own)?,
            "photos" => profile.photos = cell.objects(Entry::parse_list_beside_own)?,
            "ims" => profile.ims = cell.objects(Entry::parse_list)?,
            "entitlements" => profile.entitlements = cell.objects(Entry::parse_list)?,
            "certificates" => profile.certificates = cell.objects(Entry::parse_list)?,
            "addresses" => profile.addresses = cell.objects(PostalAddress::parse_list)?,
            "stated" => profile.stated = stated(cell)?,
            other => return self.read_custom(other, cell),
        }
        Ok(())
    }

    fn read_custom(&mut self, column: &str, cell: &Cell) -> Result<(), String> {
        check_person_column(column)?;
        if let Some(name) = attributes::named_by(column) {
            self.custom.push((name?, cell.clone()));
        }
        Ok(())
    }
}

/// The name of another record.
fn reference(cell: &Cell) -> Result<Change<String>, String> {
    Ok(match cell.written()?.map(str::trim) {
        None | Some("") => Change::Clear,
        Some(text) if text.contains('\0') => return Err("must not hold a NUL character".to_owned()),
        Some(text) => Change::Set(text.to_owned()),
    })
}

/// Words in a list, or with `;` between them.
fn words(cell: &Cell) -> Result<Vec<String>, String> {
    let items: Vec<&str> = match cell {
        Cell::List(items) => items.iter().map(Cell::written).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect(),
        one => one.written()?.into_iter().flat_map(|text| text.split(';')).collect(),
    };
    Ok(items.into_iter().map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect())
}

/// Fields that stand at their default because somebody said so.
fn stated(cell: &Cell) -> Result<Change<BTreeSet<StatedField>>, String> {
    let field =
        |name: String| StatedField::named(&name).ok_or("must be names of fields that have a default, with ; between them".to_owned());
    let fields = words(cell)?.into_iter().map(field).collect::<Result<BTreeSet<_>, _>>()?;
    Ok(if fields.is_empty() { Change::Clear } else { Change::Set(fields) })
}

fn moment(cell: &Cell) -> Result<Option<Instant>, String> {
    Ok(match cell.instant()? {
        Change::Set(instant) => Some(instant),
        Change::Keep | Change::Clear => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[(&str, Cell)]) -> Line {
        Line { number: 2, cells: cells.iter().map(|(column, cell)| ((*column).to_owned(), cell.clone())).collect() }
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn every_listed_column_is_read() {
        for column in PEOPLE {
            let draft = PersonDraft::parse(&line(&[("external_id", text("x")), (column, Cell::Empty)]));

            assert!(draft.is_ok() || column == "external_id", "{column}: {draft:?}");
        }
    }

    #[test]
    fn every_fault_of_a_line_is_told_at_once() {
        let draft = PersonDraft::parse(&line(&[("email", text("plain")), ("number", text("0")), ("shoe_size", text("43"))]));

        let told = draft.err().unwrap_or_default();
        assert!(told.contains("email must look like name@host"), "{told}");
        assert!(told.contains("number must be a whole number"), "{told}");
        assert!(told.contains("shoe_size is not a column of people"), "{told}");
    }

    #[test]
    fn an_empty_cell_clears_text_and_leaves_what_has_a_default() {
        let draft =
            PersonDraft::parse(&line(&[("login", text("a")), ("phone", Cell::Empty), ("language", Cell::Empty), ("account", Cell::Empty)]));

        let change = draft.expect("a draft").change;
        assert_eq!((change.phone, change.language, change.account), (Change::Clear, Change::Keep, Change::Keep));
    }

    #[test]
    fn empty_text_is_text_where_the_file_can_tell() {
        let draft = PersonDraft::parse(&line(&[("login", text("a")), ("phone", text("")), ("title", Cell::Null)]));

        let change = draft.expect("a draft").change;
        assert!(matches!(change.phone, Change::Set(phone) if phone.as_str().is_empty()));
        assert_eq!(change.title, Change::Clear);
    }

    #[test]
    fn a_line_that_names_nobody_is_refused() {
        assert!(PersonDraft::parse(&line(&[("title", text("Manager")), ("given_name", text(""))])).is_err());
    }
}
