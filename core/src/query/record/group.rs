//! A group with what stands around it.

use super::{Element, Record, attribute_elements, borrowed};
use crate::domain::{AttributeValue, Group, Instant, Member, NamedPerson, VariableName};
use crate::query::field::{ExactField, IdField, InstantField, ListField, NumberField, TextField};
use std::borrow::Cow;
use uuid::Uuid;

/// A group together with what a filter may ask beyond the group itself, as far as it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct GroupRecord<'a> {
    pub group: &'a Group,
    pub members: &'a [Member],
    pub responsible: Option<&'a NamedPerson>,
}

impl Record for GroupRecord<'_> {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        match field {
            TextField::Name => borrowed(Some(&self.group.name)),
            TextField::Description => borrowed(self.group.description.as_ref()),
            TextField::Email => borrowed(self.group.email.as_ref()),
            TextField::AdditionalInformation => borrowed(self.group.additional_information.as_ref()),
            TextField::ResponsibleName => self.responsible.map(|person| Cow::Borrowed(person.name.as_str())),
            _ => None,
        }
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        match field {
            NumberField::Number => Some(self.group.number.get()),
            _ => None,
        }
    }

    fn instant(&self, field: InstantField) -> Option<Instant> {
        match field {
            InstantField::UpdatedAt => Some(self.group.updated_at),
            InstantField::CreatedAt => Some(self.group.created_at),
            InstantField::LastActiveAt => None,
        }
    }

    fn id(&self, field: IdField) -> Option<Uuid> {
        match field {
            IdField::Id => Some(self.group.id.uuid()),
        }
    }

    fn exact(&self, field: ExactField) -> Option<Cow<'_, str>> {
        match field {
            ExactField::Id => Some(Cow::Owned(self.group.id.to_string())),
            ExactField::ExternalId => borrowed(self.group.external_id.as_ref()),
            ExactField::ProfileUrl | ExactField::Identity | ExactField::Part(_) => None,
        }
    }

    fn elements(&self, list: &ListField) -> Vec<Element<'_>> {
        match list {
            ListField::Members => self.members.iter().map(Element::from).collect(),
            ListField::Responsible => self.responsible.map(Element::from).into_iter().collect(),
            ListField::Attribute(name) => attribute_elements(self.group.custom.get(name)),
            _ => Vec::new(),
        }
    }

    fn attribute(&self, name: &VariableName) -> Option<&AttributeValue> {
        self.group.custom.get(name)
    }

    fn record_number(&self) -> i64 {
        self.group.number.get()
    }
}
