//! Operations done to a resource, one after another.

use super::super::body::Allows;
use super::super::error::Error;
use super::super::filter::Path;
use super::super::filter::bind::Scope;
use super::super::schema::{Attribute, ResourceSchema, Schema};
use super::list::{List, is_hollow};
use super::members::Members;
use super::single;
use super::target::{Place, Target};
use super::value::{Unknown, alone, check_once};
use super::{Op, Operation, body};
use rollcall_core::directory::MemberStep;
use serde_json::{Map, Value};

/// Does all the operations, or none. The resource has the canonical spelling of every name, and so has the result.
pub fn apply(
    operations: &[Operation],
    schema: &ResourceSchema,
    resource: Map<String, Value>,
    allows: Allows<'_>,
) -> Result<Map<String, Value>, Error> {
    let mut patch = Patch { schema, resource, unknown: Unknown::new(allows), members: None };
    patch.carry_out_all(operations)?;
    Ok(patch.resource)
}

/// Does all the operations to a group, or none. Its members are not in the resource: what is to become of them is told
/// apart.
pub fn apply_to_group(
    operations: &[Operation],
    scope: Scope<'_>,
    resource: Map<String, Value>,
    allows: Allows<'_>,
) -> Result<(Map<String, Value>, Vec<MemberStep>), Error> {
    let members = Some(Members::new(scope, allows));
    let mut patch = Patch { schema: scope.schema, resource, unknown: Unknown::new(allows), members };
    patch.carry_out_all(operations)?;
    Ok((patch.resource, patch.members.map(Members::into_steps).unwrap_or_default()))
}

/// A resource that is being changed.
struct Patch<'a> {
    schema: &'a ResourceSchema,
    resource: Map<String, Value>,
    unknown: Unknown<'a>,
    /// Where the resource is a group.
    members: Option<Members<'a>>,
}

impl<'a> Patch<'a> {
    fn carry_out_all(&mut self, operations: &[Operation]) -> Result<(), Error> {
        for operation in operations {
            self.carry_out(operation).map_err(|error| error.within(&format!("Operation {}", operation.place)))?;
        }
        self.drop_the_hollow();
        Ok(())
    }

    /// Drops the values that operations began to make and never gave a value.
    fn drop_the_hollow(&mut self) {
        for attribute in self.schema.bare().filter(|attribute| attribute.multi_valued) {
            let Some(Value::Array(values)) = self.resource.get_mut(attribute.name.as_ref()) else { continue };
            values.retain(|value| !is_hollow(attribute, value));
            if values.is_empty() {
                self.resource.remove(attribute.name.as_ref());
            }
        }
    }

    fn carry_out(&mut self, operation: &Operation) -> Result<(), Error> {
        let Operation { op, path, value, .. } = operation;
        match path {
            Some(path) => {
                let target = Target::of(path, self.schema, None, &mut self.unknown)?;
                self.at(*op, path, &target, value.as_ref())
            }
            None => self.members(*op, None, value.as_ref()),
        }
    }

    fn at(&mut self, op: Op, path: &Path, target: &Target<'a>, value: Option<&Value>) -> Result<(), Error> {
        match target {
            Target::PassedOver => Ok(()),
            Target::Resource if op == Op::Remove => Err(Error::no_target("A resource is deleted by DELETE, not by a remove.")),
            Target::Resource => self.members(op, None, value),
            Target::Extension(extension) if value.is_none_or(|value| op == Op::Remove || alone(value).is_none()) => {
                self.clear_extension(extension)
            }
            Target::Extension(extension) => self.members(op, Some(extension), value),
            Target::Place(place) => self.at_place(op, path, place, value),
        }
    }

    /// Each member of an object by itself, which is an operation whose path is the member's name.
    fn members(&mut self, op: Op, extension: Option<&'a Schema>, value: Option<&Value>) -> Result<(), Error> {
        let Some(Value::Object(members)) = value else {
            return Err(Error::invalid_value("\"value\" must be an object of attributes, where the path names no attribute."));
        };
        check_once(members)?;
        for (name, value) in members {
            let path: Path = body::parse(name)?;
            let target = Target::of(&path, self.schema, extension, &mut self.unknown)?;
            if !self.is_repeated(&target, value) {
                self.at(op, &path, &target, Some(value))?;
            }
        }
        Ok(())
    }

    /// Whether a read-only attribute is said to be what it is: Okta sends the id of a group with its new name. `meta` is
    /// passed over whatever it says (RFC 7643, section 3.1).
    fn is_repeated(&self, target: &Target<'_>, said: &Value) -> bool {
        let Target::Place(Place { extension, attribute, selection: None, sub }) = target else { return false };
        if !sub.map_or(attribute.is_read_only(), Attribute::is_read_only) {
            return false;
        }
        if extension.is_none() && attribute.is_named("meta") {
            return true;
        }
        let holder = extension.map_or(Some(&self.resource), |extension| self.resource.get(extension.id)?.as_object());
        let standing = holder.and_then(|holder| holder.get(attribute.name.as_ref()));
        let standing = sub.map_or(standing, |sub| standing?.get(sub.name.as_ref()));
        repeats(standing, said)
    }

    fn at_place(&mut self, op: Op, path: &Path, place: &Place<'a>, value: Option<&Value>) -> Result<(), Error> {
        check_writable(place)?;
        let value = value.filter(|_| op != Op::Remove || place.attribute.multi_valued).unwrap_or(&Value::Null);
        if let Some(members) = self.members.as_mut().filter(|members| members.are(place)) {
            return members.note(op, place, path, value, &mut self.unknown);
        }
        let mut holder = self.take_holder(place.extension);
        let done = if place.attribute.multi_valued {
            in_list(&mut holder, op, place, value, &mut self.unknown)
        } else {
            match place.sub {
                Some(sub) => single::set_part(&mut holder, place.attribute, sub, value),
                None => single::set(&mut holder, place.attribute, value, &mut self.unknown),
            }
        };
        self.put_holder(place.extension, holder);
        done
    }

    /// The object that attributes stand in.
    fn take_holder(&mut self, extension: Option<&Schema>) -> Map<String, Value> {
        let Some(extension) = extension else { return std::mem::take(&mut self.resource) };
        match self.resource.remove(extension.id) {
            Some(Value::Object(holder)) => holder,
            _ => Map::new(),
        }
    }

    fn put_holder(&mut self, extension: Option<&Schema>, holder: Map<String, Value>) {
        match extension {
            None => self.resource = holder,
            Some(_) if holder.is_empty() => {}
            Some(extension) => drop(self.resource.insert(extension.id.to_owned(), Value::Object(holder))),
        }
    }

    /// Takes away everything in an extension that clients may write.
    fn clear_extension(&mut self, extension: &'a Schema) -> Result<(), Error> {
        let mut holder = self.take_holder(Some(extension));
        for attribute in extension.attributes.iter().filter(|attribute| !attribute.is_read_only()) {
            single::clear(&mut holder, attribute)?;
        }
        self.put_holder(Some(extension), holder);
        Ok(())
    }
}

/// What the server tells, clients do not write. A part of a value in a list is the list's business.
fn check_writable(place: &Place<'_>) -> Result<(), Error> {
    let name = &place.attribute.name;
    if place.attribute.is_read_only() {
        return Err(Error::mutability(format!("`{name}` is read-only.")));
    }
    match place.sub {
        Some(sub) if sub.is_read_only() && !place.attribute.multi_valued => {
            Err(Error::mutability(format!("`{name}.{}` is read-only.", sub.name)))
        }
        _ => Ok(()),
    }
}

fn in_list(holder: &mut Map<String, Value>, op: Op, place: &Place<'_>, value: &Value, unknown: &mut Unknown<'_>) -> Result<(), Error> {
    let mut list = List::of(holder, place.attribute);
    match (op, &place.selection, place.sub) {
        // The server tells it, as the name of a role. Who writes it beside the value, as Entra does, loses nothing.
        (_, _, Some(sub)) if sub.is_read_only() => {}
        (Op::Remove, None, _) if value.is_null() => list.clear(),
        (Op::Remove, None, _) => list.remove(value, unknown)?,
        (Op::Remove, Some(selection), None) => list.remove_selected(selection),
        (Op::Remove, Some(selection), Some(sub)) => list.remove_part(selection, sub),
        (Op::Add, None, _) => list.add(value, unknown)?,
        (Op::Replace, None, _) => {
            list.clear();
            list.add(value, unknown)?;
        }
        (Op::Add | Op::Replace, Some(selection), None) => list.set_selected(selection, value, op == Op::Replace, unknown)?,
        (Op::Add | Op::Replace, Some(selection), Some(sub)) => list.set_part(selection, sub, value)?,
    }
    single::put(holder, place.attribute, list.into_value())
}

/// Whether everything that is said is so already; nothing is said by null and by an empty list.
fn repeats(standing: Option<&Value>, said: &Value) -> bool {
    match (standing, said) {
        (_, Value::Null) => true,
        (_, Value::Array(said)) if said.is_empty() => true,
        (Some(Value::Object(standing)), Value::Object(said)) => said.iter().all(|(name, said)| {
            let standing = standing.iter().find(|(standing, _)| standing.eq_ignore_ascii_case(name));
            repeats(standing.map(|(_, value)| value), said)
        }),
        (Some(Value::Array(standing)), Value::Array(said)) => {
            standing.len() == said.len() && standing.iter().zip(said).all(|(standing, said)| repeats(Some(standing), said))
        }
        (standing, said) => standing == Some(said),
    }
}
