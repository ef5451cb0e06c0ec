//! What a record answers when a filter asks it for a field.

use super::field::{IdField, InstantField, NumberField, TextField};
use crate::domain::{AttributeValue, Group, Instant, Person, VariableName};
use std::borrow::Cow;
use uuid::Uuid;

/// A record that can be filtered and ordered. `None` means absent.
pub trait Record {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>>;
    fn number(&self, field: NumberField) -> Option<i64>;
    fn instant(&self, field: InstantField) -> Option<Instant>;
    fn id(&self, field: IdField) -> Option<Uuid>;
    fn attribute(&self, _: &VariableName) -> Option<&AttributeValue> {
        None
    }

    /// Breaks ties of every order.
    fn record_number(&self) -> i64;
}

impl Record for Person {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        match field {
            TextField::Name => Some(Cow::Owned(self.name())),
            TextField::Description => borrowed(self.description.as_ref()),
            TextField::Email => borrowed(self.email.as_ref()),
            TextField::Phone => borrowed(self.phone.as_ref()),
            TextField::AdditionalInformation => borrowed(self.additional_information.as_ref()),
            TextField::Login => borrowed(self.login.as_ref()),
            TextField::ResponsibleName => None,
        }
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        match field {
            NumberField::Number => Some(self.number.get()),
            NumberField::JobTitle => self.job_title.map(|number| number.get()),
            NumberField::Manager => self.manager.map(|number| number.get()),
            NumberField::Account => Some(self.account.code()),
            NumberField::PersonType => Some(self.person_type.code()),
        }
    }

    fn instant(&self, field: InstantField) -> Option<Instant> {
        match field {
            InstantField::UpdatedAt => Some(self.updated_at),
        }
    }

    fn id(&self, field: IdField) -> Option<Uuid> {
        match field {
            IdField::Id => Some(self.id.uuid()),
        }
    }

    fn attribute(&self, name: &VariableName) -> Option<&AttributeValue> {
        self.custom.get(name)
    }

    fn record_number(&self) -> i64 {
        self.number.get()
    }
}

/// A group together with what a filter may ask beyond the group itself.
#[derive(Clone, Copy, Debug)]
pub struct GroupRecord<'a> {
    pub group: &'a Group,
    pub responsible_name: Option<&'a str>,
}

impl Record for GroupRecord<'_> {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        match field {
            TextField::Name => borrowed(Some(&self.group.name)),
            TextField::Description => borrowed(self.group.description.as_ref()),
            TextField::Email => borrowed(self.group.email.as_ref()),
            TextField::AdditionalInformation => borrowed(self.group.additional_information.as_ref()),
            TextField::ResponsibleName => self.responsible_name.map(Cow::Borrowed),
            TextField::Phone | TextField::Login => None,
        }
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        match field {
            NumberField::Number => Some(self.group.number.get()),
            NumberField::JobTitle | NumberField::Manager | NumberField::Account | NumberField::PersonType => None,
        }
    }

    fn instant(&self, field: InstantField) -> Option<Instant> {
        match field {
            InstantField::UpdatedAt => Some(self.group.updated_at),
        }
    }

    fn id(&self, field: IdField) -> Option<Uuid> {
        match field {
            IdField::Id => Some(self.group.id.uuid()),
        }
    }

    fn attribute(&self, name: &VariableName) -> Option<&AttributeValue> {
        self.group.custom.get(name)
    }

    fn record_number(&self) -> i64 {
        self.group.number.get()
    }
}

/// What a filter sees of a value as text.
pub(super) fn attribute_text(value: &AttributeValue) -> Option<Cow<'_, str>> {
    match value {
        AttributeValue::Text(text) => Some(Cow::Borrowed(text)),
        AttributeValue::List(items) => Some(Cow::Owned(items.join(";"))),
        AttributeValue::Relationship(related) => related.caption().or(related.id()).map(Cow::Borrowed),
        AttributeValue::Number(_) | AttributeValue::Moment(_) | AttributeValue::Files(_) => None,
    }
}

fn borrowed<T: AsRef<str>>(value: Option<&T>) -> Option<Cow<'_, str>> {
    value.map(|text| Cow::Borrowed(text.as_ref()))
}
