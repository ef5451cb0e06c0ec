//! One element of a list, as the inner filter of [`Filter::Any`](crate::query::Filter::Any) sees it.

use super::Record;
use crate::domain::{Instant, Listed, Member, MemberId, NamedPerson, Place, PostalAddress, Text};
use crate::query::field::{BooleanField, ExactField, IdField, InstantField, NumberField, Part, TextField};
use std::borrow::Cow;
use uuid::Uuid;

/// One element of a list: an e-mail address, a group that somebody is in, a member, a manager.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element<'a> {
    /// Of the record that it stands for.
    id: Option<Uuid>,
    /// Of a list of numbers.
    number: Option<i64>,
    is_primary: Option<bool>,
    parts: Vec<(Part, Cow<'a, str>)>,
}

impl<'a> Element<'a> {
    /// An element that is a text and nothing more.
    pub fn of(value: impl Into<Cow<'a, str>>) -> Self {
        Self::default().with(Part::Value, Some(value))
    }

    /// An element of a list of numbers.
    pub fn of_number(number: i64) -> Self {
        Self { number: Some(number), ..Self::of(number.to_string()) }
    }

    /// The same with one part more, where there is one.
    #[must_use]
    pub fn with(mut self, part: Part, text: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.parts.extend(text.map(|text| (part, text.into())));
        self
    }

    /// The same, which is the first choice of its list or is not; `None`: nothing is said of that.
    #[must_use]
    pub const fn primary(mut self, is_primary: Option<bool>) -> Self {
        self.is_primary = is_primary;
        self
    }

    pub const fn is_primary(&self) -> bool {
        matches!(self.is_primary, Some(true))
    }

    fn of_record(id: Uuid, name: Option<&'a str>) -> Self {
        Self { id: Some(id), ..Self::of(id.to_string()) }.with(Part::Display, name)
    }

    fn part(&self, wanted: Part) -> Option<Cow<'_, str>> {
        self.parts.iter().find(|(part, _)| *part == wanted).map(|(_, text)| Cow::Borrowed(text.as_ref()))
    }
}

impl<'a> From<Listed<'a>> for Element<'a> {
    fn from(listed: Listed<'a>) -> Self {
        Self::of(listed.value).with(Part::Type, listed.kind).with(Part::Display, listed.display).primary(listed.is_primary)
    }
}

impl<'a> From<&'a PostalAddress> for Element<'a> {
    fn from(address: &'a PostalAddress) -> Self {
        let parts = [
            (Part::Formatted, &address.formatted),
            (Part::Street, &address.street),
            (Part::Locality, &address.locality),
            (Part::Region, &address.region),
            (Part::PostalCode, &address.postal_code),
            (Part::Country, &address.country),
        ];
        let element = Self::default().with(Part::Type, address.kind.as_ref().map(Text::as_str)).primary(address.is_primary);
        parts.into_iter().fold(element, |element, (part, text)| element.with(part, text.as_ref().map(Text::as_str)))
    }
}

impl<'a> From<&'a NamedPerson> for Element<'a> {
    fn from(person: &'a NamedPerson) -> Self {
        Self::of_record(person.id.uuid(), person.display_name.as_ref().map(Text::as_str))
    }
}

impl<'a> From<&'a Member> for Element<'a> {
    fn from(member: &'a Member) -> Self {
        let (id, kind) = match member.id {
            MemberId::Person(id) => (id.uuid(), "User"),
            MemberId::Group(id) => (id.uuid(), "Group"),
        };
        Self::of_record(id, member.name.as_deref()).with(Part::Type, Some(kind))
    }
}

impl<'a> From<&'a Place> for Element<'a> {
    fn from(place: &'a Place) -> Self {
        let kind = if place.is_direct { "direct" } else { "indirect" };
        Self::of_record(place.id.uuid(), Some(place.name.as_str())).with(Part::Type, Some(kind))
    }
}

impl Record for Element<'_> {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        match field {
            TextField::Part(part) => self.part(part),
            _ => None,
        }
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        match field {
            NumberField::Value => self.number,
            _ => None,
        }
    }

    fn instant(&self, _: InstantField) -> Option<Instant> {
        None
    }

    fn id(&self, field: IdField) -> Option<Uuid> {
        match field {
            IdField::Id => self.id,
        }
    }

    fn exact(&self, field: ExactField) -> Option<Cow<'_, str>> {
        match field {
            ExactField::Part(part) => self.part(part),
            ExactField::Id => self.id.map(|id| Cow::Owned(id.to_string())),
            ExactField::ExternalId | ExactField::ProfileUrl | ExactField::Identity => None,
        }
    }

    fn boolean(&self, field: BooleanField) -> Option<bool> {
        match field {
            BooleanField::Primary => self.is_primary,
            _ => None,
        }
    }

    fn record_number(&self) -> i64 {
        0
    }
}
