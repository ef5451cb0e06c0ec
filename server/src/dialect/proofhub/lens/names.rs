//! Two parts of a name, written where the directory may keep a whole one.

use rollcall_core::domain::{Change, Name, Person, whole_name};

/// What a write of the two parts asks of the three names that the directory keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub given: Change<Name>,
    pub family: Change<Name>,
    pub display: Change<Name>,
}

impl Names {
    /// The change from the names of `person` to these parts; a part that is not written is the one that is shown.
    ///
    /// Parts that are shown of a whole name are stored only when one of them changes, and then both are, so that
    /// neither is lost. The whole name goes when it says no more than the old parts did, and where no part is left:
    /// otherwise the parts would be shown of it again.
    pub fn put(first: Change<Name>, last: Change<Name>, person: &Person) -> Self {
        let (given, family) = person.given_and_family();
        let parts = [(first, given), (last, family)];
        let is_shown = |part: &(Change<Name>, Option<&str>)| shows(&part.0, part.1);
        if parts.iter().all(is_shown) {
            return Self::default();
        }
        let is_derived = has_no_parts(person);
        let [given, family] = parts.map(|part| if is_shown(&part) { stored(part.1, is_derived) } else { part.0 });
        let is_gone = |change: &Change<Name>, old: &Option<Name>| match change {
            Change::Keep => is_empty(old.as_ref()),
            Change::Set(_) => false,
            Change::Clear => true,
        };
        let nothing_left = is_gone(&given, &person.given_name) && is_gone(&family, &person.family_name);
        let display = if is_derived || nothing_left || says_no_more_than_its_parts(person) { clear(person) } else { Change::Keep };
        Self { given, family, display }
    }
}

/// Whether a written part leaves what is shown as it is.
fn shows(written: &Change<Name>, shown: Option<&str>) -> bool {
    match written {
        Change::Keep => true,
        Change::Set(name) => Some(name.as_str()) == shown,
        Change::Clear => shown.unwrap_or_default().is_empty(),
    }
}

/// A part that stays: where it is cut from a whole name that goes, it must now be stored.
fn stored(shown: Option<&str>, is_derived: bool) -> Change<Name> {
    match shown.map(Name::parse) {
        Some(Ok(name)) if is_derived && !is_empty(Some(&name)) => Change::Set(name),
        _ => Change::Keep,
    }
}

fn clear(person: &Person) -> Change<Name> {
    if person.display_name.is_some() { Change::Clear } else { Change::Keep }
}

fn has_no_parts(person: &Person) -> bool {
    is_empty(person.given_name.as_ref()) && is_empty(person.family_name.as_ref())
}

fn says_no_more_than_its_parts(person: &Person) -> bool {
    let joined = whole_name(None, person.given_name.as_ref(), person.family_name.as_ref());
    joined.as_deref() == person.display_name.as_ref().map(Name::as_str)
}

fn is_empty(name: Option<&Name>) -> bool {
    name.is_none_or(|name| name.as_str().is_empty())
}
