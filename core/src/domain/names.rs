//! Two parts of a name, written through an API that knows no whole one.

use super::{Change, Name, Person, whole_name};

/// What a write of the two parts asks of the three names that a person has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameChange {
    pub given_name: Change<Name>,
    pub family_name: Change<Name>,
    pub display_name: Change<Name>,
}

impl NameChange {
    /// The change from the names of `person` to these parts. A part that is not written, or is written as
    /// [`Person::given_and_family`] shows it, stays as it is shown; an empty one is none.
    ///
    /// Parts that are shown of a whole name are stored only when one of them changes, and then both are, so that
    /// neither is lost. The whole name goes when it said no more than the old parts did, and where no part is left:
    /// otherwise the parts would be shown of it again.
    pub fn of_parts(given: Change<Name>, family: Change<Name>, person: &Person) -> Self {
        let (shown_given, shown_family) = person.given_and_family();
        let parts = [(normal(given), shown_given), (normal(family), shown_family)];
        let is_shown = |part: &(Change<Name>, Option<&str>)| shows(&part.0, part.1);
        if parts.iter().all(is_shown) {
            return Self::default();
        }
        let is_derived = is_absent(person.given_name.as_ref()) && is_absent(person.family_name.as_ref());
        let [given_name, family_name] = parts.map(|part| match is_shown(&part) {
            true if is_derived => {
                part.1.filter(|text| !text.is_empty()).and_then(|text| Name::parse(text).ok()).map_or(Change::Keep, Change::Set)
            }
            true => Change::Keep,
            false => part.0,
        });
        let is_nothing_left = is_gone(&given_name, person.given_name.as_ref()) && is_gone(&family_name, person.family_name.as_ref());
        let goes = person.display_name.is_some() && (is_derived || is_nothing_left || says_no_more_than_its_parts(person));
        Self { given_name, family_name, display_name: if goes { Change::Clear } else { Change::Keep } }
    }
}

/// An empty name is none.
fn normal(written: Change<Name>) -> Change<Name> {
    match written {
        Change::Set(name) if name.as_str().is_empty() => Change::Clear,
        change => change,
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

fn is_gone(change: &Change<Name>, before: Option<&Name>) -> bool {
    match change {
        Change::Keep => is_absent(before),
        Change::Set(_) => false,
        Change::Clear => true,
    }
}

fn says_no_more_than_its_parts(person: &Person) -> bool {
    let joined = whole_name(None, person.given_name.as_ref(), person.family_name.as_ref());
    joined.as_deref() == person.display_name.as_ref().map(Name::as_str)
}

fn is_absent(name: Option<&Name>) -> bool {
    name.is_none_or(|name| name.as_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Instant, PersonChange, PersonId, PersonNumber};

    type Names = [Option<&'static str>; 3];

    fn name(text: &str) -> Name {
        Name::parse(text).expect("a name")
    }

    /// Given, family and display name after these parts are written over those.
    fn after(given: Change<Name>, family: Change<Name>, before: Names) -> [Option<String>; 3] {
        let now = Instant::from_milliseconds(0).expect("an instant");
        let mut person = Person::new(PersonId::new(uuid::Uuid::nil()), PersonNumber::new(1).expect("a number"), now);
        [person.given_name, person.family_name, person.display_name] = before.map(|text| text.map(name));
        let NameChange { given_name, family_name, display_name } = NameChange::of_parts(given, family, &person);
        PersonChange { given_name, family_name, display_name, ..PersonChange::default() }.apply(&mut person);
        [person.given_name, person.family_name, person.display_name].map(|name| name.map(|name| name.to_string()))
    }

    fn names(expected: Names) -> [Option<String>; 3] {
        expected.map(|text| text.map(str::to_owned))
    }

    fn set(text: &str) -> Change<Name> {
        Change::Set(name(text))
    }

    #[test]
    fn parts_that_are_shown_of_a_whole_name_are_not_stored() {
        let whole = [None, Some(""), Some("Ana de Souza")];

        assert_eq!(after(set("Ana"), set("de Souza"), whole), names(whole));
    }

    #[test]
    fn a_changed_part_stores_both_in_place_of_the_whole_name() {
        let whole = [None, None, Some("Ana de Souza")];

        assert_eq!(after(Change::Keep, set("Silva"), whole), names([Some("Ana"), Some("Silva"), None]));
        assert_eq!(after(Change::Keep, Change::Clear, whole), names([Some("Ana"), None, None]));
    }

    #[test]
    fn a_whole_name_goes_when_it_said_no_more_than_the_parts() {
        let changed = after(set("Anna"), Change::Keep, [Some("Ana"), Some("de Souza"), Some("Ana de Souza")]);

        assert_eq!(changed, names([Some("Anna"), Some("de Souza"), None]));
    }

    #[test]
    fn a_whole_name_that_says_more_stays() {
        let changed = after(set("Anna"), Change::Keep, [Some("Ana"), Some("de Souza"), Some("Dr. Ana")]);

        assert_eq!(changed, names([Some("Anna"), Some("de Souza"), Some("Dr. Ana")]));
    }

    #[test]
    fn a_whole_name_goes_when_no_part_is_left() {
        let gone = after(Change::Clear, set(""), [Some("Ana"), Some("de Souza"), Some("Dr. Ana")]);

        assert_eq!(gone, names([None, None, None]));
    }
}
