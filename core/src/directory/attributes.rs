//! Custom attributes: who may define them, and what becomes of their values when a definition changes.
//!
//! A name never changes. Whatever is asked, no value is left that does not fit its definition.

use super::fields::difference;
use super::recording::Recorder;
use super::{Action, Actor, Directory, DirectoryError, Object};
use crate::domain::{
    AttributeObject, AttributeValue, DEFINITIONS_MAX, Definition, DefinitionChange, GroupNumber, NewDefinition, PersonNumber, VariableName,
};
use crate::store::{Effort, GroupKey, Numbered, PersonKey, WriteTransaction};

/// What happens to the values of an attribute that is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredValues {
    /// While there are any, the attribute stays.
    Keep,
    /// Each is cleared, as a change of its record.
    Erase,
}

impl Directory {
    /// The attributes of people or of groups, by name.
    pub async fn attribute_definitions(&self, actor: &Actor, object: AttributeObject) -> Result<Vec<Definition>, DirectoryError> {
        actor.may(Action::Read, object.into())?;
        let read = self.read(actor.organization(), Effort::Short, |tx| Box::pin(async move { Ok(tx.definitions().await?) }));
        Ok(read.await?.into_iter().filter(|definition| definition.object == object).collect())
    }

    /// Defines an attribute.
    pub async fn create_attribute(&self, actor: &Actor, new: NewDefinition) -> Result<Definition, DirectoryError> {
        actor.may(Action::Write, Object::Organization)?;
        let (writer, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &writer, now).await?;
                let all = tx.definitions().await?;
                let same_object = || all.iter().filter(|definition| definition.object == new.object);
                if same_object().any(|definition| definition.name == new.name) {
                    return Err(DirectoryError::Conflict { field: "attribute", holder: None });
                }
                if same_object().count() >= DEFINITIONS_MAX {
                    let reason = format!("are {DEFINITIONS_MAX} at most of one kind of record");
                    return Err(DirectoryError::Invalid { field: "attributes".to_owned(), reason });
                }
                let number = super::import::next_number(tx, Numbered::Attribute, "attribute").await?;
                let definition = Definition::new(new, number, recorder.at())?;
                tx.insert_definition(&definition).await?;
                note(tx, &recorder, "create", None, Some(&definition)).await?;
                Ok(definition)
            })
        })
        .await
    }

    /// Changes a definition: its type only while there is no value, its limits only to what every value keeps within.
    pub async fn edit_attribute(
        &self,
        actor: &Actor,
        object: AttributeObject,
        name: &VariableName,
        change: DefinitionChange,
    ) -> Result<Definition, DirectoryError> {
        actor.may(Action::Write, Object::Organization)?;
        let (writer, now, name) = (actor.clone(), self.now(), name.clone());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &writer, now).await?;
                let before = definition(tx, object, &name).await?;
                let mut changed = before.changed(change)?;
                if changed == before {
                    return Ok(before);
                }
                refuse_misfits(tx, &before, &changed).await?;
                changed.updated_at = recorder.at();
                tx.update_definition(&changed).await?;
                note(tx, &recorder, "update", Some(&before), Some(&changed)).await?;
                Ok(changed)
            })
        })
        .await
    }

    /// Deletes a definition, and says how many values went with it.
    pub async fn delete_attribute(
        &self,
        actor: &Actor,
        object: AttributeObject,
        name: &VariableName,
        values: StoredValues,
    ) -> Result<u64, DirectoryError> {
        actor.may(Action::Write, Object::Organization)?;
        if values == StoredValues::Erase {
            actor.may(Action::Write, object.into())?;
        }
        let (writer, now, name) = (actor.clone(), self.now(), name.clone());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &writer, now).await?;
                let definition = definition(tx, object, &name).await?;
                let mut holders = Vec::new();
                tx.each_value(object, &name, |number, _| holders.push(number)).await?;
                if values == StoredValues::Keep && !holders.is_empty() {
                    return Err(stands(&definition, holders.len(), "that must be erased with it"));
                }
                for number in &holders {
                    erase(tx, &recorder, &definition, *number).await?;
                }
                tx.delete_definition(definition.number).await?;
                note(tx, &recorder, "delete", Some(&definition), None).await?;
                Ok(holders.len() as u64)
            })
        })
        .await
    }
}

async fn definition(tx: &mut WriteTransaction, object: AttributeObject, name: &VariableName) -> Result<Definition, DirectoryError> {
    let all = tx.definitions().await?;
    let found = all.into_iter().find(|definition| definition.object == object && definition.name == *name);
    found.ok_or(DirectoryError::NotFound)
}

/// Refuses a definition that a value there is would not fit.
async fn refuse_misfits(tx: &mut WriteTransaction, before: &Definition, changed: &Definition) -> Result<(), DirectoryError> {
    if (before.kind, &before.limits) == (changed.kind, &changed.limits) {
        return Ok(());
    }
    let is_other_kind = before.kind != changed.kind;
    let mut misfits = 0;
    let count = |_, value: &AttributeValue| misfits += usize::from(is_other_kind || changed.check(value).is_err());
    tx.each_value(before.object, &before.name, count).await?;
    match misfits {
        0 => Ok(()),
        _ if is_other_kind => Err(stands(before, misfits, "and its type changes only while nobody has")),
        _ => Err(stands(before, misfits, "outside the new limits")),
    }
}

/// Says how many records have a value that is in the way.
fn stands(definition: &Definition, records: usize, why: &str) -> DirectoryError {
    let (one, many) = match definition.object {
        AttributeObject::Person => ("person has", "people have"),
        AttributeObject::Group => ("group has", "groups have"),
    };
    let who = if records == 1 { one } else { many };
    let reason = format!("is not changed: {records} {who} a value of it {why}");
    DirectoryError::Invalid { field: format!("custom.{}", definition.name), reason }
}

/// Clears one record's value, as a change of its own. Somebody in the bin stays there.
async fn erase(tx: &mut WriteTransaction, recorder: &Recorder, of: &Definition, number: i64) -> Result<(), DirectoryError> {
    match of.object {
        AttributeObject::Person => {
            let number = known::<PersonNumber>(number)?;
            if let Some(before) = tx.person(&PersonKey::Number(number)).await? {
                let mut person = before.clone();
                person.custom.remove(&of.name);
                recorder.update_person(tx, &before, &mut person).await?;
            } else if let Some(before) = tx.binned_person(number).await?.and_then(|binned| binned.person) {
                let mut person = before.clone();
                person.custom.remove(&of.name);
                recorder.update_binned_person(tx, &before, &person).await?;
            }
        }
        AttributeObject::Group => {
            if let Some(before) = tx.group(&GroupKey::Number(known::<GroupNumber>(number)?)).await? {
                let mut group = before.clone();
                group.custom.remove(&of.name);
                recorder.update_group(tx, &before, &mut group).await?;
            }
        }
    }
    Ok(())
}

/// The number of a record that was just read.
fn known<N: TryFrom<i64>>(number: i64) -> Result<N, DirectoryError> {
    N::try_from(number).map_err(|_| DirectoryError::NotFound)
}

/// Takes note of what became of a definition.
async fn note(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    action: &'static str,
    before: Option<&Definition>,
    after: Option<&Definition>,
) -> Result<(), DirectoryError> {
    let number = before.or(after).map_or(0, |definition| definition.number.get());
    let (before, after) = match (before.map(Definition::to_json), after.map(Definition::to_json)) {
        (Some(before), Some(after)) => {
            let (before, after) = difference(before, after);
            (Some(before), Some(after))
        }
        one => one,
    };
    recorder.note_fields(tx, (action, "attribute"), number, before, after).await?;
    Ok(())
}

impl From<AttributeObject> for Object {
    fn from(object: AttributeObject) -> Self {
        match object {
            AttributeObject::Person => Self::People,
            AttributeObject::Group => Self::Groups,
        }
    }
}
