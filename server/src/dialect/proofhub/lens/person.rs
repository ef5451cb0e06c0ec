//! What a client writes of a person, and the change that it asks for.

use super::super::wire::{self, EVERYBODY};
use super::super::zones::{self, Zone};
use super::body::{Faults, Members};
use super::zone;
use rollcall_core::directory::{Catalogue, DirectoryError, PersonBefore};
use rollcall_core::domain::{
    Account, Change, Color, Email, GroupNumber, Initials, Language, Name, NameChange, Person, PersonChange, Photo, RoleNumber, Title,
};
use serde_json::{Map, Value};

/// What only the server writes. `id` is not here: another one than the path's is a fault.
const READ_ONLY: [&str; 3] = ["last_active", "created_at", "updated_at"];

/// The members of a person as a client writes them. A member that is not sent is to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonWrite {
    pub id: Change<i64>,
    pub first_name: Change<Name>,
    pub last_name: Change<Name>,
    pub title: Change<Title>,
    pub email: Change<Email>,
    pub role: Change<RoleNumber>,
    /// Ascending, each once, without the group of everybody.
    pub groups: Change<Vec<GroupNumber>>,
    pub timezone: Change<&'static Zone>,
    pub initials: Change<Initials>,
    pub image_url: Change<Photo>,
    pub profile_color: Change<Color>,
    pub language: Change<Language>,
    pub suspended: Change<bool>,
    pub send_invite: Change<bool>,
    pub projects: Change<Vec<i64>>,
}

impl PersonWrite {
    /// Reads the body of an update: any of the members.
    pub fn read(object: Map<String, Value>) -> Result<Self, Faults> {
        let mut members = Members::new(object);
        let write = Self::take(&mut members);
        members.finish(write)
    }

    /// Reads the body of a creation, which needs an e-mail address. An id is passed over: the server gives it.
    pub fn read_new(object: Map<String, Value>) -> Result<Self, Faults> {
        let mut members = Members::new(object);
        members.ignore(&["id"]);
        let has_email = members.holds("email");
        let write = Self::take(&mut members);
        if !has_email || write.email == Change::Clear {
            members.fault("email", "is required");
        }
        members.finish(write)
    }

    fn take(members: &mut Members) -> Self {
        members.ignore(&READ_ONLY);
        Self {
            id: members.reference("id", "must be the id in the path", Some),
            first_name: members.text("first_name"),
            last_name: members.text("last_name"),
            title: members.text("title"),
            email: members.text("email"),
            role: members.nested_reference("role", "must be the id of a role", |id| RoleNumber::new(id).ok()),
            groups: groups(members),
            timezone: members
                .reference("timezone", "must be the id of a time zone of GET timezones", |id| zones::by_id(u16::try_from(id).ok()?)),
            initials: members.text("initials"),
            image_url: members.text("image_url"),
            profile_color: members.text("profile_color"),
            language: members.text("language"),
            suspended: members.answer("suspended"),
            send_invite: members.answer("send_invite"),
            projects: members.ids("projects", |id| Ok(Some(id))),
        }
    }

    /// The change that makes a new person of this. Everything is stored as it is written; to be given no role is to be
    /// given the default one.
    pub fn create(self) -> PersonChange {
        let account = if self.suspended == Change::Set(true) { Change::Set(Account::Blocked) } else { Change::Keep };
        let (time_zone, time_zone_row) = zone::create(self.timezone);
        PersonChange {
            given_name: self.first_name,
            family_name: self.last_name,
            title: self.title,
            email: self.email,
            role: if self.role == Change::Clear { Change::Keep } else { self.role },
            time_zone,
            time_zone_row,
            initials: self.initials,
            photo: self.image_url,
            profile_color: self.profile_color,
            language: self.language,
            account,
            send_invite: self.send_invite,
            projects: self.projects,
            groups: self.groups,
            ..PersonChange::default()
        }
    }

    /// The change that leads from `before` to what is written. What is written as it is shown stays as it is kept.
    pub fn put(self, before: &PersonBefore) -> Result<PersonChange, DirectoryError> {
        let (person, default_role) = (&before.person, default_role(&before.catalogue));
        self.check(person)?;
        let names = NameChange::of_parts(self.first_name, self.last_name, person);
        let (account, is_archived) = suspension(self.suspended, person);
        let (time_zone, time_zone_row) = zone::put(self.timezone, wire::timezone(person), person);
        let mut change = PersonChange {
            given_name: names.given_name,
            family_name: names.family_name,
            display_name: names.display_name,
            title: unless_shown(self.title, text(person.title.as_ref()), person.title.is_some()),
            email: unless_shown(self.email, text(person.email.as_ref()), person.email.is_some()),
            role: role(self.role, person.role, default_role),
            time_zone,
            time_zone_row,
            photo: unless_shown(self.image_url, text(person.photo.as_ref()), person.photo.is_some()),
            profile_color: unless_shown(self.profile_color, color(person), person.profile_color.is_some()),
            language: language(self.language, &wire::language(person.language.as_ref()), person.language.as_ref()),
            account,
            is_archived,
            send_invite: unless_kept(self.send_invite, &person.send_invite),
            projects: unless_kept(self.projects, &person.projects),
            groups: unless_kept(self.groups, &before.groups),
            ..PersonChange::default()
        };
        change.initials = initials(self.initials, person, &change);
        Ok(change)
    }

    /// What the body alone cannot tell.
    fn check(&self, person: &Person) -> Result<(), DirectoryError> {
        let refuse = |field: &str, reason: &str| Err(DirectoryError::Invalid { field: field.to_owned(), reason: reason.to_owned() });
        if matches!(self.id, Change::Set(id) if id != person.number.get()) {
            return refuse("id", "must be the id in the path");
        }
        if self.email == Change::Clear && person.email.is_some() {
            return refuse("email", "must not be empty");
        }
        Ok(())
    }
}

fn text<T: AsRef<str>>(kept: Option<&T>) -> &str {
    kept.map_or("", AsRef::as_ref)
}

fn color(person: &Person) -> &str {
    person.profile_color.as_ref().map_or(wire::COLOR_DEFAULT, |color| color.as_str())
}

/// The role of somebody who has none of their own.
fn default_role(catalogue: &Catalogue) -> Option<RoleNumber> {
    catalogue.default_role().map(|role| role.number)
}

/// Everybody is in the group of everybody, so to name it says nothing.
fn groups(members: &mut Members) -> Change<Vec<GroupNumber>> {
    let number = |id: i64| match GroupNumber::new(id) {
        Ok(number) => Ok(Some(number)),
        Err(_) if id == EVERYBODY => Ok(None),
        Err(_) => Err(format!("names no group: {id}")),
    };
    match members.ids("groups", number) {
        Change::Set(mut groups) => {
            groups.sort_unstable();
            groups.dedup();
            Change::Set(groups)
        }
        change => change,
    }
}

/// A text, unless it is the one that is shown. Nothing is cleared that is not there.
fn unless_shown<T: AsRef<str>>(written: Change<T>, shown: &str, is_kept: bool) -> Change<T> {
    match written {
        Change::Set(text) if text.as_ref() == shown => Change::Keep,
        Change::Clear if shown.is_empty() || !is_kept => Change::Keep,
        change => change,
    }
}

fn unless_kept<T: PartialEq>(written: Change<T>, kept: &T) -> Change<T> {
    if matches!(&written, Change::Set(value) if value == kept) { Change::Keep } else { written }
}

/// The default role is shown for nobody's own, so to write it says nothing; to clear one's own leads to it.
fn role(written: Change<RoleNumber>, kept: Option<RoleNumber>, default: Option<RoleNumber>) -> Change<RoleNumber> {
    match written {
        Change::Set(role) if Some(role) == kept.or(default) => Change::Keep,
        Change::Clear if kept.is_none() => Change::Keep,
        change => change,
    }
}

/// A language is shown without its region, so its first part alone leaves the whole tag as it is.
fn language(written: Change<Language>, shown: &str, kept: Option<&Language>) -> Change<Language> {
    match written {
        Change::Set(tag) if tag.as_str().eq_ignore_ascii_case(shown) => Change::Keep,
        Change::Set(tag) if Some(&tag) == kept => Change::Keep,
        Change::Clear if kept.is_none() => Change::Keep,
        change => change,
    }
}

/// Blocked and archived people are shown alike. To suspend is to block; to let in again undoes both.
fn suspension(written: Change<bool>, person: &Person) -> (Change<Account>, Change<bool>) {
    let is_blocked = person.account == Account::Blocked;
    match written {
        Change::Set(true) if !is_blocked && !person.is_archived => (Change::Set(Account::Blocked), Change::Keep),
        Change::Set(false) => (
            if is_blocked { Change::Set(Account::Active) } else { Change::Keep },
            if person.is_archived { Change::Set(false) } else { Change::Keep },
        ),
        _ => (Change::Keep, Change::Keep),
    }
}

/// Initials that are derived follow the names: neither those of the old ones nor those of the new ones are stored.
fn initials(written: Change<Initials>, person: &Person, rest: &PersonChange) -> Change<Initials> {
    match unless_shown(written, &wire::initials(person), person.initials.is_some()) {
        Change::Set(initials) => {
            let mut after = person.clone();
            rest.clone().apply(&mut after);
            if wire::initials(&after) == initials.as_str() {
                return Change::Keep;
            }
            Change::Set(initials)
        }
        change => change,
    }
}
