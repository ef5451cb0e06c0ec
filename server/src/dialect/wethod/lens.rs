//! Writes of persons as changes of the directory's people, and nothing else: no I/O, no clock, no rule of who may.
//!
//! Three laws hold for every write: what was put is shown; putting back what is shown changes nothing, so that nothing
//! is stored that is only shown; and nothing changes that this API does not show. Every fault of a body is reported at
//! once, so a [`PersonWrite`] keeps those of its members until [`PersonWrite::put`] has seen the person too.

mod members;

use super::wire::FieldFailure;
use members::Members;
use rollcall_core::directory::PersonBefore;
use rollcall_core::domain::{
    Change, Email, Instant, JobTitleNumber, LevelNumber, Name, NameChange, Person, PersonChange, PersonNumber, PriceListNumber, Role,
    RoleNumber,
};
use serde_json::{Map, Value};

/// The most characters of a part of a name that is written. Longer ones come from elsewhere, and are shown whole.
const NAME_CHARACTERS_MAX: usize = 50;

/// What every person shows and no client writes: it can be sent back as it is.
const READ_ONLY: [&str; 5] = ["id", "created_at", "updated_at", "email", "role"];
/// What the newer description of a person has and Rollcall does not keep.
const NOT_KEPT: [&str; 3] = ["stream_id", "capacity_id", "location_id"];

/// The members of a person as a client writes them. A member that is not sent is to be kept.
#[derive(Debug, Default)]
pub struct PersonWrite {
    name: Option<String>,
    surname: Option<String>,
    role: Change<RoleNumber>,
    is_archived: Change<bool>,
    is_visible_in_people_allocation: Change<bool>,
    has_timesheet_required: Change<bool>,
    level: Change<LevelNumber>,
    price_list: Change<PriceListNumber>,
    job_title: Change<JobTitleNumber>,
    manager: Change<PersonNumber>,
    sent_back: Vec<(&'static str, Value)>,
    failures: Failures,
}

/// What is wrong, member by member.
#[derive(Debug, Default)]
struct Failures(Vec<FieldFailure>);

impl Failures {
    fn add(&mut self, member: &str, message: impl Into<String>) {
        self.0.push(FieldFailure { field: member.to_owned(), message: message.into() });
    }
}

impl PersonWrite {
    /// Reads the members of a body. What is wrong with them is told by [`Self::put`].
    pub fn read(object: Map<String, Value>) -> Self {
        let mut members = Members::new(object);
        Self {
            name: members.text("name"),
            surname: members.text("surname"),
            role: members.id("role_id"),
            is_archived: members.answer("is_archived"),
            is_visible_in_people_allocation: members.answer("is_visible_in_people_allocation"),
            has_timesheet_required: members.answer("has_timesheet_required"),
            level: members.id("level_id"),
            price_list: members.id("price_list_id"),
            job_title: members.id("job_title_id"),
            manager: members.id("allocation_manager_id"),
            sent_back: READ_ONLY.iter().filter_map(|name| Some((*name, members.take(name)?))).collect(),
            failures: members.finish(&NOT_KEPT),
        }
    }

    /// The change that leads from the person as it stands to what is written, or everything that is wrong. What is
    /// written as it is shown stays as it is kept.
    pub fn put(self, before: &PersonBefore) -> Result<PersonChange, Vec<FieldFailure>> {
        let PersonBefore { person, catalogue, .. } = before;
        let mut failures = self.failures;
        let (given, family) = person.given_and_family();
        let given = part("name", self.name, given.unwrap_or_default(), &mut failures);
        let family = part("surname", self.surname, family.unwrap_or_default(), &mut failures);
        let names = NameChange::of_parts(given, family, person);
        let role = unless_kept(self.role, person.role);
        let manager = unless_kept(self.manager, person.manager);
        refuse_bad_references(&role, &manager, before, &mut failures);
        let role_after = if let Change::Set(role) = role { catalogue.role(role) } else { None };
        refuse_changed(&self.sent_back, person, &catalogue.roles, role_after, &mut failures);
        let change = PersonChange {
            given_name: names.given_name,
            family_name: names.family_name,
            display_name: names.display_name,
            job_title: unless_kept(self.job_title, person.job_title),
            level: unless_kept(self.level, person.level),
            price_list: unless_kept(self.price_list, person.price_list),
            manager,
            role,
            is_archived: unless_kept(self.is_archived, Some(person.is_archived)),
            is_visible_in_people_allocation: unless_kept(
                self.is_visible_in_people_allocation,
                Some(person.is_visible_in_people_allocation),
            ),
            has_timesheet_required: unless_kept(self.has_timesheet_required, Some(person.has_timesheet_required)),
            ..PersonChange::default()
        };
        if failures.0.is_empty() { Ok(change) } else { Err(failures.0) }
    }
}

/// One part of a name. Only one that changes must keep to the limit.
fn part(member: &str, written: Option<String>, shown: &str, failures: &mut Failures) -> Change<Name> {
    let Some(text) = written.filter(|text| text != shown) else { return Change::Keep };
    if text.chars().count() > NAME_CHARACTERS_MAX {
        failures.add(member, format!("must have at most {NAME_CHARACTERS_MAX} characters"));
        return Change::Keep;
    }
    match Name::parse(&text) {
        Ok(_) if text.is_empty() => Change::Clear,
        Ok(name) => Change::Set(name),
        Err(fault) => {
            failures.add(member, fault.reason);
            Change::Keep
        }
    }
}

/// What is left of a change of something that is kept already.
fn unless_kept<T: PartialEq>(change: Change<T>, kept: Option<T>) -> Change<T> {
    match &change {
        Change::Set(value) if Some(value) == kept.as_ref() => Change::Keep,
        Change::Clear if kept.is_none() => Change::Keep,
        _ => change,
    }
}

/// Those that can be judged without asking the directory.
fn refuse_bad_references(role: &Change<RoleNumber>, manager: &Change<PersonNumber>, before: &PersonBefore, failures: &mut Failures) {
    if let Change::Set(role) = role
        && before.catalogue.role(*role).is_none()
    {
        failures.add("role_id", format!("names {role}, which is no role of this company"));
    }
    if *manager == Change::Set(before.person.number) {
        failures.add("allocation_manager_id", "must be another member of the team");
    }
}

/// Members that clients do not write must be as they are shown.
fn refuse_changed(sent: &[(&str, Value)], person: &Person, roles: &[Role], role_after: Option<&Role>, failures: &mut Failures) {
    let email = person.email.as_ref().map_or("", Email::as_str);
    let role = person.role.and_then(|number| roles.iter().find(|role| role.number == number));
    for (member, value) in sent {
        let is_shown = match *member {
            "id" => *value == person.number.get(),
            "created_at" => moment(value) == Some(person.created_at),
            "updated_at" => moment(value) == Some(person.updated_at),
            "email" => value == email,
            // Whoever writes a whole person with another role_id may have put that role's code beside it.
            _ => {
                role.map_or(value.is_null(), |role| value == role.code.as_str())
                    || role_after.is_some_and(|role| value == role.code.as_str())
            }
        };
        let message = match *member {
            _ if is_shown => continue,
            "role" => "cannot be written; role_id can",
            "email" => "cannot be changed through this API",
            _ => "is not as it stands; it can be left out, or sent back as it was read last",
        };
        failures.add(member, message);
    }
}

/// A timestamp with any offset.
fn moment(value: &Value) -> Option<Instant> {
    value.as_str()?.parse().ok().map(Instant::new)
}

#[cfg(test)]
mod tests;
