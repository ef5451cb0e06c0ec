//! Random filters over random people find exactly those that the RFC's reader finds.

use super::super::super::parse;
use super::super::{Scope, filter};
use super::{EVERYBODY_ID, MANAGERS_ID, base, place, rfc};
use crate::dialect::scim::lens::user::tests::people::{catalogue, people};
use crate::dialect::scim::schema::{Attribute, Kind, Resolved, ResourceSchema, Schema};
use crate::dialect::scim::wire::user::{Manager, User, resource};
use proptest::collection::vec;
use proptest::prelude::*;
use rollcall_core::domain::{Name, NamedPerson, Person, PersonId, PersonNumber, StatedField};
use rollcall_core::query::PersonRecord;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Numbers that chance has chosen, one after the other.
struct Chance {
    choices: std::vec::IntoIter<u16>,
}

impl Chance {
    /// Zero when no choice is left.
    fn below(&mut self, end: usize) -> usize {
        usize::from(self.choices.next().unwrap_or(0)) % end
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Writes filters about one resource, mostly with values that it has.
struct Writer<'a> {
    chance: Chance,
    resource: &'a Map<String, Value>,
    /// Every attribute and sub-attribute that a filter may compare.
    attributes: Vec<Resolved<'a>>,
}

impl<'a> Writer<'a> {
    fn new(choices: Vec<u16>, resource: &'a Map<String, Value>, schema: &'a ResourceSchema) -> Self {
        let extensions = schema.extensions().flat_map(|extension| all(Some(extension), &extension.attributes));
        let attributes = all(None, schema.bare()).into_iter().chain(extensions).collect();
        Self { chance: Chance { choices: choices.into_iter() }, resource, attributes }
    }

    fn filter(&mut self, depth: usize) -> String {
        match self.chance.below(if depth == 0 { 5 } else { 9 }) {
            0..=3 => self.test(),
            4 => self.value_path(),
            5 => format!("not ({})", self.filter(depth - 1)),
            6 => format!("{} and {}", self.filter(depth - 1), self.filter(depth - 1)),
            7 => format!("({} or {})", self.filter(depth - 1), self.filter(depth - 1)),
            _ => format!("{} or {}", self.filter(depth - 1), self.filter(depth - 1)),
        }
    }

    fn test(&mut self) -> String {
        let resolved = self.attributes[self.chance.below(self.attributes.len())];
        let Resolved { extension, attribute, sub_attribute } = resolved;
        let is_named = sub_attribute.is_some_and(|sub| !sub.is_named("value")) || self.chance.below(2) == 0;
        let sub = sub_attribute.filter(|_| is_named).map(|sub| format!(".{}", sub.name)).unwrap_or_default();
        let urn = extension.map(|extension| format!("{}:", extension.id)).unwrap_or_default();
        let whole = self.whole(resolved);
        let values = match sub_attribute {
            Some(sub) => elements(&whole).iter().filter_map(|element| element.get(sub.name.as_ref()).cloned()).collect(),
            None => elements(&whole),
        };
        format!("{urn}{}{sub} {}", self.any_case(&attribute.name), self.asked(resolved, &values))
    }

    /// Brackets behind something with parts, or with several values.
    fn value_path(&mut self) -> String {
        let lists: Vec<Resolved<'_>> =
            self.attributes.iter().copied().filter(|it| it.sub_attribute.is_some() || it.attribute.multi_valued).collect();
        let list = lists[self.chance.below(lists.len())];
        let whole = self.whole(list);
        let urn = list.extension.map(|extension| format!("{}:", extension.id)).unwrap_or_default();
        let tests: Vec<String> = (0..=self.chance.below(2)).map(|_| self.part_test(list, &whole)).collect();
        let word = *self.chance.of(&[" and ", " or "]);
        let inner = tests.join(word);
        let inner = if self.chance.below(4) == 0 { format!("not ({inner})") } else { inner };
        format!("{urn}{}[{inner}]", list.attribute.name)
    }

    fn part_test(&mut self, list: Resolved<'a>, whole: &Value) -> String {
        let subs: Vec<&Attribute> = list.attribute.sub_attributes.iter().filter(|sub| sub.name != "version").collect();
        if subs.is_empty() {
            return format!("value {}", self.asked(list, &elements(whole)));
        }
        let sub = *self.chance.of(&subs);
        let values: Vec<Value> = elements(whole).iter().filter_map(|element| element.get(sub.name.as_ref()).cloned()).collect();
        format!("{} {}", self.any_case(&sub.name), self.asked(Resolved { sub_attribute: Some(sub), ..list }, &values))
    }

    fn whole(&self, resolved: Resolved<'_>) -> Value {
        let name = resolved.attribute.name.as_ref();
        let found = match resolved.extension {
            Some(extension) => self.resource.get(extension.id).and_then(|holder| holder.get(name)),
            None => self.resource.get(name),
        };
        found.cloned().unwrap_or_default()
    }

    /// An operator of the type, and a value.
    fn asked(&mut self, resolved: Resolved<'_>, values: &[Value]) -> String {
        let attribute = resolved.innermost();
        let is_of_list = ["jobTitle", "level", "priceList"].contains(&attribute.name.as_ref());
        let operators: &[&str] = match attribute.kind {
            Kind::Boolean | Kind::Binary => &["eq", "NE"],
            _ if is_of_list => &["eq", "ne"],
            Kind::Integer | Kind::Decimal | Kind::DateTime => &["eq", "ne", "gt", "Ge", "lt", "le"],
            Kind::String | Kind::Reference | Kind::Complex => &["eq", "Ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
        };
        match self.chance.below(12) {
            0 => "pr".to_owned(),
            1 => "eq null".to_owned(),
            2 => "ne null".to_owned(),
            _ => format!("{} {}", *self.chance.of(operators), self.value(attribute, values)),
        }
    }

    fn value(&mut self, attribute: &Attribute, values: &[Value]) -> Value {
        let strange = match attribute.kind {
            Kind::Boolean => json!(self.chance.below(2) == 0),
            Kind::Integer => json!(self.chance.below(12)),
            Kind::Decimal => json!(0.5),
            Kind::DateTime => json!("1970-01-01T02:00:00.0005+02:00"),
            _ => json!(*self.chance.of(&["", "a", "Work", "é", "0000", "https://people.example/scim/v2/Users/0", "ROLE", "user"])),
        };
        let value = if values.is_empty() || self.chance.below(4) == 0 { strange } else { self.chance.of(values).clone() };
        match value {
            Value::String(text) if attribute.kind != Kind::DateTime => json!(self.piece(&text)),
            value => value,
        }
    }

    /// The text, a piece of it, or the same in another case.
    fn piece(&mut self, text: &str) -> String {
        let (length, at) = (text.chars().count(), self.chance.below(6));
        match self.chance.below(6) {
            0 => text.to_uppercase(),
            1 => text.chars().take(length - at.min(length)).collect(),
            2 => text.chars().skip(at).collect(),
            3 => text.chars().skip(at).take(3).collect(),
            _ => text.to_owned(),
        }
    }

    fn any_case(&mut self, name: &str) -> String {
        if self.chance.below(4) == 0 { name.to_uppercase() } else { name.to_owned() }
    }
}

fn all<'a>(extension: Option<&'a Schema>, attributes: impl IntoIterator<Item = &'a Attribute>) -> Vec<Resolved<'a>> {
    let parts = |attribute: &'a Attribute| {
        let whole = Resolved { extension, attribute, sub_attribute: None };
        let subs = attribute.sub_attributes.iter().filter(|sub| sub.name != "version");
        let subs: Vec<_> = subs.map(|sub| Resolved { sub_attribute: Some(sub), ..whole }).collect();
        if subs.is_empty() { vec![whole] } else { subs }
    };
    attributes.into_iter().flat_map(parts).collect()
}

fn elements(whole: &Value) -> Vec<Value> {
    match whole {
        Value::Array(elements) => elements.clone(),
        Value::Null => Vec::new(),
        value => vec![value.clone()],
    }
}

proptest! {
    #[test]
    fn a_bound_filter_finds_whom_the_rfc_finds(person in people(), choices in vec(any::<u16>(), 0..60)) {
        let mut person: Person = person;
        // What is at its default is shown only where that was said.
        person.profile.stated = StatedField::ALL.into_iter().collect();
        let catalogue = catalogue();
        let (schema, base) = (ResourceSchema::user(&catalogue.definitions), base());
        let places = [place(10, MANAGERS_ID, "Managers", true), place(11, EVERYBODY_ID, "Everybody", false)];
        let places = &places[..choices.len() % 3];
        let boss = NamedPerson {
            number: PersonNumber::new(99).expect("a number"),
            id: PersonId::new(Uuid::from_u128(99)),
            name: "The Boss".to_owned(),
            display_name: Name::parse("Boss").ok(),
        };
        let manager = choices.len().is_multiple_of(2).then_some(&boss);
        let shown = manager.map(|boss| Manager { id: boss.id, display_name: boss.display_name.as_ref().map(AsRef::as_ref) });
        let user = User { person: &person, places, manager: shown, roles: &catalogue.roles, custom: schema.custom() };
        let resource = resource(&user, &base, "W/\"1\"".to_owned());

        let text = Writer::new(choices, &resource, &schema).filter(3);
        let scope = Scope { schema: &schema, roles: &catalogue.roles, base: &base };
        let bound = filter(&text, scope).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let tree = parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;

        let is_found = bound.matches(&PersonRecord { person: &person, groups: places, manager });
        prop_assert_eq!(is_found, rfc::passes(&tree, &resource, &schema), "{}\n{}", text, json!(resource));
    }
}
