//! The fields of a person that a page shows and sets, as one table.

use super::super::super::texts::PersonTexts;
use rollcall_core::domain::{
    AdditionalInformation, Change, Color, Department, Description, Email, EmployeeNumber, ExternalId, Initials, Language, Login, Name,
    Person, PersonChange, Phone, Photo, TimeZone, Title,
};
use std::fmt::Display;

/// One field.
#[derive(Debug)]
pub struct Field {
    /// As the history and files of people have it.
    pub name: &'static str,
    pub section: Section,
    pub input: Input,
    pub label: fn(&PersonTexts) -> &'static str,
    /// Words below the input.
    pub hint: fn(&PersonTexts) -> &'static str,
    /// As the input holds it; absent is empty.
    pub get: fn(&Person) -> String,
    /// What the input says; empty is absent. An error is words that follow the field's name.
    pub set: fn(&mut PersonChange, &str) -> Result<(), String>,
}

/// Fields that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Names,
    Reach,
    Work,
    Account,
    Other,
}

impl Section {
    pub const ALL: [Self; 5] = [Self::Names, Self::Reach, Self::Work, Self::Account, Self::Other];

    pub const fn label(self, texts: &PersonTexts) -> &'static str {
        match self {
            Self::Names => texts.names,
            Self::Reach => texts.reach,
            Self::Work => texts.work,
            Self::Account => texts.account_section,
            Self::Other => texts.other,
        }
    }
}

/// How a field is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    Line,
    Lines,
    Tick,
    Role,
    JobTitle,
    Level,
    PriceList,
    PersonType,
    Account,
}

fn no_hint(_: &PersonTexts) -> &'static str {
    ""
}

fn shown(field: Option<&impl Display>) -> String {
    field.map(ToString::to_string).unwrap_or_default()
}

/// Empty is absent; the reason of an error has no name in front, because it stands beside the field.
fn parsed<T, E: Display>(text: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<Change<T>, String> {
    if text.is_empty() { Ok(Change::Clear) } else { parse(text).map(Change::Set).map_err(|error| error.to_string()) }
}

/// The rule of a kind of text, without the field's name in front.
fn text<T>(text: &str, parse: impl FnOnce(&str) -> Result<T, rollcall_core::domain::InvalidText>) -> Result<Change<T>, String> {
    parsed(text, |text| parse(text).map_err(|error| error.reason))
}

macro_rules! line {
    ($section:ident, $input:ident, $field:ident: $kind:ident) => {
        line!($section, $input, $field: $kind, no_hint)
    };
    ($section:ident, $input:ident, $field:ident: $kind:ident, $hint:expr) => {
        Field {
            name: stringify!($field),
            section: Section::$section,
            input: Input::$input,
            label: |texts| texts.$field,
            hint: $hint,
            get: |person| shown(person.$field.as_ref()),
            set: |change, said| {
                change.$field = text(said, $kind::parse)?;
                Ok(())
            },
        }
    };
}

macro_rules! chosen {
    ($section:ident, $input:ident, $field:ident) => {
        Field {
            name: stringify!($field),
            section: Section::$section,
            input: Input::$input,
            label: |texts| texts.$field,
            hint: no_hint,
            get: |person| shown(person.$field.as_ref()),
            set: |change, said| {
                change.$field = parsed(said, str::parse)?;
                Ok(())
            },
        }
    };
}

/// Every field that a page sets, in the order in which they stand.
pub static ALL: &[Field] = &[
    line!(Names, Line, given_name: Name),
    line!(Names, Line, family_name: Name),
    line!(Names, Line, display_name: Name, |texts| texts.display_name_hint),
    line!(Names, Line, initials: Initials),
    line!(Reach, Line, email: Email),
    line!(Reach, Line, phone: Phone),
    line!(Work, Line, title: Title),
    line!(Work, Line, department: Department),
    chosen!(Work, JobTitle, job_title),
    chosen!(Work, Level, level),
    chosen!(Work, PriceList, price_list),
    Field {
        name: "manager",
        section: Section::Work,
        input: Input::Line,
        label: |texts| texts.manager,
        hint: |texts| texts.manager_hint,
        get: |person| shown(person.manager.as_ref()),
        set: |change, said| {
            change.manager = parsed(said, str::parse)?;
            Ok(())
        },
    },
    line!(Work, Line, employee_number: EmployeeNumber),
    Field {
        name: "person_type",
        section: Section::Work,
        input: Input::PersonType,
        label: |texts| texts.person_type,
        hint: no_hint,
        get: |person| person.person_type.as_str().to_owned(),
        set: |change, said| {
            change.person_type = parsed(said, str::parse)?;
            Ok(())
        },
    },
    chosen!(Account, Role, role),
    Field {
        name: "account",
        section: Section::Account,
        input: Input::Account,
        label: |texts| texts.account,
        hint: no_hint,
        get: |person| person.account.as_str().to_owned(),
        set: |change, said| {
            change.account = parsed(said, str::parse)?;
            Ok(())
        },
    },
    line!(Account, Line, login: Login),
    line!(Account, Line, external_id: ExternalId),
    Field {
        name: "has_license",
        section: Section::Account,
        input: Input::Tick,
        label: |texts| texts.has_license,
        hint: no_hint,
        get: |person| person.has_license.to_string(),
        set: |change, said| {
            change.has_license = Change::Set(said == "true");
            Ok(())
        },
    },
    Field {
        name: "archived",
        section: Section::Account,
        input: Input::Tick,
        label: |texts| texts.is_archived,
        hint: no_hint,
        get: |person| person.is_archived.to_string(),
        set: |change, said| {
            change.is_archived = Change::Set(said == "true");
            Ok(())
        },
    },
    line!(Other, Line, language: Language),
    line!(Other, Line, time_zone: TimeZone, |texts| texts.time_zone_hint),
    line!(Other, Line, profile_color: Color, |texts| texts.profile_color_hint),
    line!(Other, Line, photo: Photo, |texts| texts.photo_hint),
    line!(Other, Lines, description: Description),
    line!(Other, Lines, additional_information: AdditionalInformation),
];

/// The field of this name.
pub fn by_name(name: &str) -> Option<&'static Field> {
    ALL.iter().find(|field| field.name == name)
}
