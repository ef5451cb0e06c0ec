//! What one writer has written: what was acknowledged, and the one write that may have been under way.

use super::wire::{Request, Wire};
use crate::support::Api;
use serde_json::Value;
use std::collections::BTreeMap;

/// A person as ProofHub shows it, and whether it is in the writer's own group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub first: String,
    pub last: String,
    pub title: String,
    pub is_member: bool,
}

/// The people of one writer, by their e-mail addresses, which no other writer uses.
pub type World = BTreeMap<String, Shown>;

/// Everybody and every group, as ProofHub shows them.
#[derive(Debug)]
pub struct Directory {
    people: Vec<Value>,
    groups: Vec<Value>,
}

/// A world as it is found in the directory, with the people's numbers.
#[derive(Debug)]
pub struct Found {
    pub world: World,
    pub ids: BTreeMap<String, i64>,
}

impl Directory {
    pub fn read(wire: &mut Wire) -> Self {
        Self { people: list(wire, "/api/v3/people"), groups: list(wire, "/api/v3/groups") }
    }

    /// What there is of the people whose addresses begin so, and of this group.
    pub fn find(&self, prefix: &str, group: i64) -> Found {
        let group = self.groups.iter().find(|found| found["id"] == group).unwrap_or_else(|| panic!("the group {group} is gone"));
        let members = group["assigned"].as_array().expect("a list");
        let is_known = |member: &Value| self.people.iter().any(|person| person["id"] == *member);
        assert!(members.iter().all(is_known), "a member of {group} is nobody");
        let (mut world, mut ids) = (World::new(), BTreeMap::new());
        for person in self.people.iter().filter(|person| text(person, "email").starts_with(prefix)) {
            let is_member = members.contains(&person["id"]);
            assert_eq!(person["groups"].as_array().is_some_and(|groups| groups.contains(&group["id"])), is_member, "{person} {group}");
            let [first, last, title] = ["first_name", "last_name", "title"].map(|member| text(person, member));
            let twin = world.insert(text(person, "email"), Shown { first, last, title, is_member });
            assert_eq!(twin, None, "a person is there twice: {person}");
            ids.insert(text(person, "email"), person["id"].as_i64().expect("a number"));
        }
        Found { world, ids }
    }
}

fn list(wire: &mut Wire, path: &str) -> Vec<Value> {
    wire.ask(&Request::new(Api::ProofHub, "GET", path)).expect("an answer").items()
}

fn text(person: &Value, member: &str) -> String {
    person[member].as_str().unwrap_or_default().to_owned()
}
